using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;

namespace AiObs.OpenAI.Pipeline;

/// <summary>Reads what is about to be sent, without taking anything from it.</summary>
internal static class RequestBody
{
    /// <summary>What is larger holds media that nobody could show.</summary>
    private const long MaxLength = 64 * 1024 * 1024;

    /// <summary>Schemas of tools nest deeper than most JSON.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Parses the body; <see langword="null"/> where it must not be touched, or is not JSON.</summary>
    /// <remarks>Content of the SDKs can be written any number of times, as their retries do. That of the application's own kind may be spent by the first.</remarks>
    public static JsonDocument? Parse(PipelineRequest request)
    {
        if (request.Content is not { } content
            || content.GetType().Assembly != typeof(BinaryContent).Assembly
            || (content.TryComputeLength(out var length) && length > MaxLength))
        {
            return null;
        }

        using var body = new MemoryStream((int)length);
        content.WriteTo(body, CancellationToken.None);
        try
        {
            return JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), Options);
        }
        catch (JsonException)
        {
            // The service will say so.
            return null;
        }
    }
}
