using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace AiObs.OpenAI.Wire;

/// <summary>What the service said went wrong.</summary>
/// <param name="Type">The value of <c>error.type</c>: the HTTP status, or the service's own code where a stream failed after a good one.</param>
/// <param name="Exception">What the SDK throws of it, or would.</param>
internal sealed record WireError(string Type, Exception Exception)
{
    private const string Unknown = "error";

    /// <summary>Reads a response that is an error.</summary>
    public static WireError Of(PipelineResponse response, ReadOnlyMemory<byte> body)
    {
        var status = response.Status.ToString(CultureInfo.InvariantCulture);
        return new(status, new ClientResultException(MessageOf(status, response.ReasonPhrase, body), response));
    }

    /// <summary>Reads the error object of a response, or of an event, whose status was good.</summary>
    public static WireError Of(JsonElement error)
    {
        var type = CodeOf(error) ?? error.GetName("type") ?? Unknown;
        return new(type, new ClientResultException(error.GetText("message") ?? error.AsText() ?? type));
    }

    /// <summary>Stands for an error of which no more is known than that it was one.</summary>
    public static WireError Of(string type) => new(type, new ClientResultException(type));

    /// <summary>Ends a call with this error.</summary>
    public void Fail(WireCall call)
    {
        call.Details.ErrorType = Type;
        call.Fail(Exception, callerCancelled: false);
    }

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
