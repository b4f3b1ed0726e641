using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Anthropic;

/// <summary>Writes Anthropic's error body.</summary>
internal static class MessagesErrors
{
    public static JsonObject Write(ModelError error, string requestId)
    {
        var (type, message) = Describe(error.Status);

        return new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = error.Type ?? type, ["message"] = error.Message ?? message },
            ["request_id"] = requestId,
        };
    }

    private static (string Type, string Message) Describe(int status) => status switch
    {
        400 => ("invalid_request_error", "The request is not valid."),
        401 => ("authentication_error", "invalid x-api-key"),
        403 => ("permission_error", "The API key has no permission for the resource."),
        404 => ("not_found_error", "The model was not found."),
        413 => ("request_too_large", "The request is larger than allowed."),
        429 => ("rate_limit_error", "The request would exceed the rate limit of the organization."),
        529 => ("overloaded_error", "Overloaded"),
        _ => ("api_error", "Internal server error"),
    };
}
