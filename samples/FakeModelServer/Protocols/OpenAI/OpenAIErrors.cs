using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Writes what all OpenAI protocols have in common: the error object and the headers.</summary>
internal static class OpenAIErrors
{
    public static JsonObject Write(ModelError error)
    {
        var (type, code, message) = Describe(error.Status);

        return new JsonObject
        {
            ["message"] = error.Message ?? message,
            ["type"] = error.Type ?? type,
            ["param"] = null,
            ["code"] = error.Code ?? code,
        };
    }

    public static IEnumerable<KeyValuePair<string, string>> WriteHeaders(Exchange exchange) =>
    [
        new("x-request-id", exchange.Id("req_")),
        new("openai-version", "2020-10-01"),
    ];

    private static (string Type, string? Code, string Message) Describe(int status) => status switch
    {
        400 => ("invalid_request_error", null, "The request is not valid."),
        401 => ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
        403 => ("invalid_request_error", "unsupported_country_region_territory", "The request is not allowed."),
        404 => ("invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
        429 => ("requests", "rate_limit_exceeded", "Rate limit reached for requests."),
        503 or 529 => ("service_unavailable", null, "The engine is currently overloaded, please try again later."),
        _ => ("server_error", null, "The server had an error while processing your request."),
    };
}
