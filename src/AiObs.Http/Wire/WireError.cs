using System.Globalization;
using System.Text.Json;

namespace AiObs.Http.Wire;

/// <summary>What the service said went wrong.</summary>
/// <param name="Type">The value of <c>error.type</c>: the HTTP status, or the service's own code where a stream failed after a good one.</param>
/// <param name="Message">What it says, in the words of the SDK.</param>
/// <param name="Response">The response that it is; <see langword="null"/> where the status was good.</param>
internal sealed record WireError(string Type, string Message, ResponseHead? Response = null)
{
    private const string Unknown = "error";

    /// <summary>Reads a response that is an error.</summary>
    public static WireError Of(ResponseHead response, ReadOnlyMemory<byte> body)
    {
        var status = response.Status.ToString(CultureInfo.InvariantCulture);
        return new(status, MessageOf(status, response.Reason, body), response);
    }

    /// <summary>Reads the error object of a response, or of an event, whose status was good.</summary>
    public static WireError Of(JsonElement error)
    {
        var type = CodeOf(error) ?? error.GetName("type") ?? Unknown;
        return new(type, error.GetText("message") ?? error.AsText() ?? type);
    }

    /// <summary>Stands for an error of which no more is known than that it was one.</summary>
    public static WireError Of(string type) => new(type, type);

    /// <summary>Reads the code, for which routers put the number of an HTTP status.</summary>
    private static string? CodeOf(JsonElement error) =>
        error.GetName("code") ?? error.GetCount("code")?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Says it as the SDK does, so that both read the same.</summary>
    private static string MessageOf(string status, string reason, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.Get("error") is { ValueKind: JsonValueKind.Object } error)
            {
                var parameter = error.GetText("param") is { Length: > 0 } name ? $"Parameter: {name}\n" : "";
                return $"HTTP {status} ({error.GetText("type")}: {error.GetText("code")})\n{parameter}\n{error.GetText("message")}";
            }
        }
        catch (JsonException)
        {
            // Gateways answer with pages of their own.
        }

        return $"HTTP {status} ({reason})";
    }
}
