//! The access matrix: what every route and event answers to everybody, written down by hand. A cell is one status, or three where the
//! route names a thing: the asker's own, somebody else's, and one that is not there.
//!
//! For people to whom a kind of thing cannot belong, "own" and "somebody else's" are any two that exist.

/// The REST API, the signs of life, the theme and the files.
pub const REST: &str = "
                                               anonymous     user A       user B       organizer A  organizer B  no access    admin
POST   /api/auth/register                      201           201          201          201          201          201          201
POST   /api/auth/verify-email                  422           422          422          422          422          422          422
POST   /api/auth/login                         200           200          200          200          200          200          200
POST   /api/auth/refresh                       200           200          200          200          200          200          200
POST   /api/auth/logout                        401           204          204          204          204          204          204
GET    /api/auth/me                            401           200          200          200          200          200          200
PUT    /api/auth/me                            401           200          200          200          200          200          200
PUT    /api/auth/password                      401           204          204          204          204          204          204
POST   /api/auth/password/forgot               202           202          202          202          202          202          202
POST   /api/auth/password/reset                422           422          422          422          422          422          422
GET    /api/auth/sessions                      401           200          200          200          200          200          200
DELETE /api/auth/sessions/{id}                 401           204/404/404  204/404/404  204/404/404  204/404/404  204/404/404  204/404/404
GET    /api/trips                              200           200          200          200          200          200          200
POST   /api/trips                              401           403          403          201          201          201          201
GET    /api/trips/mine                         401           403          403          200          200          200          200
GET    /api/trips/mine/{id}                    401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
GET    /api/trips/{trip}                       200/200/404   200/200/404  200/200/404  200/200/404  200/200/404  200/200/404  200/200/404
PUT    /api/trips/{trip}                       401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/crm/leads                          201/201/422   200/201/422  200/201/422  201/404/404  201/404/404  402/404/404  201/201/404
GET    /api/crm/leads/mine                     401           200          200          403          403          403          403
GET    /api/crm/leads                          401           403          403          200          200          200          200
GET    /api/crm/leads/board                    401           403          403          200          200          200          200
POST   /api/crm/leads/import                   401           403          403          200          200          402          200
GET    /api/crm/leads/export                   401           403          403          200          200          402          200
GET    /api/crm/leads/{id}                     401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
PUT    /api/crm/leads/{id}                     401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/crm/leads/{id}/interactions        401           403          403          201/404/404  201/404/404  402/404/404  201/201/404
POST   /api/crm/leads/{id}/convert             401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
GET    /api/crm/views                          401           403          403          200          200          200          200
POST   /api/crm/views                          401           403          403          201          201          201          201
PUT    /api/crm/views/{id}                     401           403          403          200/404/404  200/404/404  200/404/404  200/404/404
DELETE /api/crm/views/{id}                     401           403          403          204/404/404  204/404/404  204/404/404  204/404/404
GET    /api/crm/conversations                  401           200          200          200          200          200          200
POST   /api/crm/conversations                  401           200/201/404  200/201/404  200/404/404  200/404/404  402/404/404  403
GET    /api/crm/conversations/{id}/messages    401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/crm/conversations/{id}/messages    401           201/404/404  201/404/404  201/404/404  201/404/404  201/404/404  201/404/404
PUT    /api/crm/conversations/{id}/read        401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
GET    /api/crm/notifications                  401           200          200          200          200          200          200
PUT    /api/crm/notifications/{id}/read        401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
PUT    /api/crm/notifications/read-all         401           200          200          200          200          200          200
GET    /api/crm/notifications/preferences      401           200          200          200          200          200          200
PUT    /api/crm/notifications/preferences      401           200          200          200          200          200          200
GET    /api/crm/tickets                        401           200          200          200          200          200          200
POST   /api/crm/tickets                        401           201          201          201          201          201          201
GET    /api/crm/tickets/{id}                   401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
PUT    /api/crm/tickets/{id}/status            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/crm/tickets/{id}/messages          401           201/404/404  201/404/404  201/404/404  201/404/404  201/404/404  201/201/404
PUT    /api/crm/tickets/{id}/assign            401           403          403          403          403          403          200/200/404
POST   /api/crm/tickets/{id}/resolve           401           403          403          403          403          403          200/200/404
POST   /api/crm/tickets/{id}/rating            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  403/403/404
POST   /api/files                              401           201          201          201          201          201          201
GET    /api/files/{id}                         401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
GET    /api/admin/users                        401           403          403          403          403          403          200
POST   /api/admin/users                        401           403          403          403          403          403          201
PUT    /api/admin/users/{id}                   401           403          403          403          403          403          200/200/404
DELETE /api/admin/users/{id}/sessions          401           403          403          403          403          403          204/204/404
GET    /api/admin/outbox                       401           403          403          403          403          403          200
POST   /api/admin/outbox/{id}/resend           401           403          403          403          403          403          200/200/404
GET    /api/admin/audit                        401           403          403          403          403          403          200
GET    /api/openapi.json                       200           200          200          200          200          200          200
GET    /api/docs                               303           303          303          303          303          303          303
GET    /api/docs/                              200           200          200          200          200          200          200
GET    /api/docs/{*rest}                       200           200          200          200          200          200          200
POST   /theme                                  303           303          303          303          303          303          303
GET    /healthz                                200           200          200          200          200          200          200
GET    /readyz                                 200           200          200          200          200          200          200
GET    /{*file}                                200           200          200          200          200          200          200
";

/// The pages. Who is not signed in is sent to sign in (303).
pub const PAGES: &str = "
                                               anonymous     user A       user B       organizer A  organizer B  no access    admin
GET    /                                       200           200          200          200          200          200          200
GET    /trips                                  200           200          200          200          200          200          200
GET    /trips/{slug}                           200/200/404   200/200/404  200/200/404  200/200/404  200/200/404  200/200/404  200/200/404
GET    /sign-in                                200           303          303          303          303          303          303
GET    /register                               200           303          303          303          303          303          303
GET    /forgot-password                        200           200          200          200          200          200          200
GET    /reset-password                         200           200          200          200          200          200          200
GET    /verify-email                           200           200          200          200          200          200          200
GET    /design                                 200           200          200          200          200          200          200
GET    /profile                                303           200          200          200          200          200          200
GET    /sessions                               303           200          200          200          200          200          200
GET    /notifications                          303           200          200          200          200          200          200
GET    /account/notifications                  303           200          200          200          200          200          200
GET    /home                                   303           200          200          403          403          403          403
GET    /today                                  303           303          303          200          200          200          200
GET    /leads                                  303           403          403          200          200          200          200
GET    /leads/new                              303           403          403          200          200          200          200
GET    /leads/import                           303           403          403          200          200          200          200
POST   /leads/import                           303           403          403          200          200          402          200
GET    /leads/export                           303           303          303          303          303          303          303
GET    /chat                                   303           200          200          200          200          200          200
GET    /chat/{place}                           303           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
GET    /leads/{id}                             303           403          403          200/404/404  200/404/404  200/404/404  200/200/404
GET    /tickets                                303           200          200          200          200          200          200
GET    /tickets/new                            303           200          200          200          200          200          200
GET    /tickets/{id}                           303           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
GET    /my-trips                               303           403          403          200          200          200          200
GET    /my-trips/new                           303           403          403          200          200          200          200
GET    /my-trips/{id}                          303           403          403          200/404/404  200/404/404  200/404/404  200/200/404
GET    /admin/people                           303           403          403          403          403          403          200
GET    /admin/people/invite                    303           403          403          403          403          403          200
GET    /admin/people/{id}                      303           403          403          403          403          403          200/200/404
GET    /admin/answers                          303           403          403          403          403          403          200
GET    /admin/outbox                           303           403          403          403          403          403          200
GET    /admin/outbox/templates                 303           403          403          403          403          403          200
GET    /admin/outbox/templates/{kind}          303           403          403          403          403          403          200/200/404
GET    /admin/outbox/templates/{kind}/html     401           403          403          403          403          403          200/200/404
GET    /admin/outbox/{id}                      303           403          403          403          403          403          200/200/404
GET    /admin/audit                            303           403          403          403          403          403          200
";

/// The server functions, as our own script calls them.
pub const FUNCTIONS: &str = "
                                               anonymous     user A       user B       organizer A  organizer B  no access    admin
POST   /api/fn/accounts/who_am_i               200           200          200          200          200          200          200
POST   /api/fn/accounts/register               200           200          200          200          200          200          200
POST   /api/fn/accounts/verify_email           422           422          422          422          422          422          422
POST   /api/fn/accounts/sign_in                200           200          200          200          200          200          200
POST   /api/fn/accounts/sign_out               200           200          200          200          200          200          200
POST   /api/fn/accounts/forgot_password        200           200          200          200          200          200          200
POST   /api/fn/accounts/reset_password         422           422          422          422          422          422          422
POST   /api/fn/accounts/load_entrance          200           200          200          200          200          200          200
POST   /api/fn/accounts/list_time_zones        200           200          200          200          200          200          200
POST   /api/fn/accounts/load_profile           401           200          200          200          200          200          200
POST   /api/fn/accounts/save_profile           401           200          200          200          200          200          200
POST   /api/fn/accounts/change_password        401           200          200          200          200          200          200
POST   /api/fn/accounts/list_sessions          401           200          200          200          200          200          200
POST   /api/fn/accounts/end_session            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/fn/accounts/list_people            401           403          403          403          403          403          200
POST   /api/fn/accounts/load_person            401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/invite_person          401           403          403          403          403          403          200
POST   /api/fn/accounts/change_person          401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/end_sessions_of        401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/list_outbox            401           403          403          403          403          403          200
POST   /api/fn/accounts/load_mail              401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/resend_mail            401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/send_test_mail         401           403          403          403          403          403          200
POST   /api/fn/accounts/list_samples           401           403          403          403          403          403          200
POST   /api/fn/accounts/load_sample            401           403          403          403          403          403          200/200/404
POST   /api/fn/accounts/list_audit             401           403          403          403          403          403          200
POST   /api/fn/frame/load_frame                401           200          200          200          200          200          200
POST   /api/fn/notifications/load_notifications 401          200          200          200          200          200          200
POST   /api/fn/notifications/mark_notification_read 401      200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/fn/notifications/mark_all_read     401           200          200          200          200          200          200
POST   /api/fn/notifications/load_preferences  401           200          200          200          200          200          200
POST   /api/fn/notifications/save_preferences  401           200          200          200          200          200          200
POST   /api/fn/analytics/load_today            401           200          200          200          200          200          200
POST   /api/fn/trips/load_public_surroundings  200           200          200          200          200          200          200
POST   /api/fn/trips/search_trips              200           200          200          200          200          200          200
POST   /api/fn/trips/load_trip                 200/200/404   200/200/404  200/200/404  200/200/404  200/200/404  200/200/404  200/200/404
POST   /api/fn/trips/list_my_trips             401           403          403          200          200          200          200
POST   /api/fn/trips/load_new_trip             401           403          403          200          200          200          200
POST   /api/fn/trips/load_trip_editor          401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/trips/save_trip                 401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/trips/set_trip_visibility       401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/leads/create_enquiry            200/200/404   200/200/404  200/200/404  200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/load_home                 401           200          200          403          403          403          403
POST   /api/fn/leads/load_leads                401           403          403          200          200          200          200
POST   /api/fn/leads/load_board                401           403          403          200          200          200          200
POST   /api/fn/leads/load_column               401           403          403          200          200          200          200
POST   /api/fn/leads/load_lead                 401           403          403          200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/leads/load_trip_choices         401           403          403          200          200          200          200
POST   /api/fn/leads/add_lead                  401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/move_lead                 401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/take_step                 401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/log_interaction           401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/change_fact               401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/convert_lead              401           403          403          200/404/404  200/404/404  402/404/404  200/200/404
POST   /api/fn/leads/change_leads              401           403          403          200          200          402          200
POST   /api/fn/chat/load_conversations         401           200          200          200          200          200          200
POST   /api/fn/chat/load_pane                  401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/fn/chat/begin_conversation         401           200/200/404  200/200/404  200/404/404  200/404/404  402/404/404  403
POST   /api/fn/chat/send_message               401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/fn/tickets/load_tickets            401           200          200          200          200          200          200
POST   /api/fn/tickets/load_new_ticket         401           200          200          200          200          200          200
POST   /api/fn/tickets/create_ticket           401           200          200          200          200          200          200
POST   /api/fn/tickets/load_ticket             401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/tickets/take_step               401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/tickets/add_ticket_message      401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
POST   /api/fn/tickets/assign_ticket           401           403          403          403          403          403          200/200/404
POST   /api/fn/tickets/change_ticket_priority  401           403          403          403          403          403          200/200/404
POST   /api/fn/tickets/rate_ticket             401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  403/403/404
POST   /api/fn/tickets/load_answers            401           403          403          403          403          403          200
POST   /api/fn/tickets/save_answer             401           403          403          403          403          403          200
POST   /api/fn/tickets/delete_answer           401           403          403          403          403          403          404
GET    /api/fn/live/connect                    401           400          400          400          400          400          400
POST   /api/fn/live/who_is_here                200           200          200          200          200          200          200
POST   /api/fn/leads/save_view                 401           403          403          200/404/404  200/404/404  200/404/404  200/404/404
POST   /api/fn/leads/delete_view               401           403          403          200/404/404  200/404/404  200/404/404  200/404/404
";

/// What is asked over a connection. Who leaves what they never joined is told nothing by that.
pub const SOCKETS: &str = "
                                               anonymous     user A       user B       organizer A  organizer B  no access    admin
SOCKET authenticate                            401           200          200          200          200          200          200
SOCKET join:conversation                       401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
SOCKET leave:conversation                      401           200/200/200  200/200/200  200/200/200  200/200/200  200/200/200  200/200/200
SOCKET message:send                            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
SOCKET typing:start                            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
SOCKET typing:stop                             401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
SOCKET message:read                            401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/404/404
SOCKET page:here                               401           200          200          200          200          200          200
SOCKET ticket:view                             401           200/404/404  200/404/404  200/404/404  200/404/404  200/404/404  200/200/404
";
