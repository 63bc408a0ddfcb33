package liftlock.wso2.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.validation.ConstraintViolation;
import javax.validation.ConstraintViolationException;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import org.wso2.carbon.identity.api.server.common.error.APIError;
import org.wso2.carbon.identity.api.server.common.error.ErrorResponse;

/**
 * Answers for errors, in place of the product's dispatcher, which is not in the registry: the same statuses and codes
 * (as the contracts and the product's documentation give them), texts of our own.
 */
final class ErrorAnswers {
    private static final String BAD_REQUEST = "UE-10000";

    /** The statuses of codes for which the classes themselves say another one. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
        Map.entry("APP-60006", 404), Map.entry("APP-60007", 409), Map.entry("APP-60008", 403),
        Map.entry("APP-60009", 409), Map.entry("APP-60501", 404), Map.entry("APP-60502", 404),
        Map.entry("APP-65002", 501), Map.entry("APP-65003", 501), Map.entry("APP-65501", 501),
        Map.entry("CONFIGM_00017", 404), Map.entry("CQM-18013", 400),
        Map.entry("IDP-60001", 409), Map.entry("IDP-60002", 404), Map.entry("NSM-60001", 404),
        Map.entry("OAUTH-60002", 404), Map.entry("OAUTH-60003", 401), Map.entry("OAUTH-60008", 409),
        Map.entry("SAML-60002", 409), Map.entry("SUS-60001", 404), Map.entry("SUS-60002", 409),
        Map.entry("TMM_00014", 409), Map.entry("TMM_00021", 404), Map.entry("UAA-8525", 409));

    private ErrorAnswers() {}

    static List<ExceptionMapper<?>> mappers() {
        return List.of(new OfApi(), new OfUnreadableBody(), new OfInvalidBody(), new OfAnythingElse());
    }

    private static Response answer(int status, Object body) {
        Response.ResponseBuilder response = Response.status(status).type(MediaType.APPLICATION_JSON_TYPE);
        return (body == null ? response : response.entity(body)).build();
    }

    private static Object body(String code, String message, String description) {
        return new ErrorResponse.Builder().withCode(code).withMessage(message).withDescription(description).build();
    }

    static final class OfApi implements ExceptionMapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException error) {
            if (!(error instanceof APIError)) return error.getResponse();
            APIError ofApi = (APIError) error;
            int status = ofApi.getStatus().getStatusCode();
            String code = ofApi.getCode();
            return answer(code == null ? status : STATUSES.getOrDefault(code, status), ofApi.getResponseEntity());
        }
    }

    static final class OfUnreadableBody implements ExceptionMapper<JsonProcessingException> {
        @Override
        public Response toResponse(JsonProcessingException error) {
            return answer(400, body(BAD_REQUEST, "Unreadable body", "The body is no JSON of the expected form."));
        }
    }

    static final class OfInvalidBody implements ExceptionMapper<ConstraintViolationException> {
        @Override
        public Response toResponse(ConstraintViolationException error) {
            String description = error.getConstraintViolations().stream()
                .map(ConstraintViolation::getMessage).sorted().collect(Collectors.joining(" "));
            return answer(400, body(BAD_REQUEST, "Invalid body", description));
        }
    }

    static final class OfAnythingElse implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable error) {
            error.printStackTrace();
            return answer(500, body("SE-50000", "Unexpected error", String.valueOf(error)));
        }
    }
}
