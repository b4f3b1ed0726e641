using System.ClientModel.Primitives;
using System.Globalization;

namespace AiObs.OpenAI.Streams;

/// <summary>Reads the few headers of a response that matter; none of the request's ever is.</summary>
internal static class ResponseHeaders
{
    private const string EventStream = "text/event-stream";

    public static bool IsEventStream(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var type) && type!.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether a response is a failure: by its status, or because the client takes no other status than the one it waits for.</summary>
    public static bool IsFailure(PipelineResponse response) => response.IsError || response.Status >= 400;

    /// <summary>Returns how many bytes the content has; <see langword="null"/> where that is not known.</summary>
    public static long? LengthOf(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Length", out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    /// <summary>Returns the id that the provider gave the request. Azure's gateway spells it otherwise.</summary>
    public static string? RequestIdOf(PipelineResponse response) =>
        response.Headers.TryGetValue("x-request-id", out var id) || response.Headers.TryGetValue("apim-request-id", out id) ? id : null;

    /// <summary>Returns how long the provider asks to wait, which it says in milliseconds, in seconds or as a date.</summary>
    public static TimeSpan? RetryAfterOf(PipelineResponse response, TimeProvider clock)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && NumberIn(text) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (!response.Headers.TryGetValue("retry-after", out text))
        {
            return null;
        }

        if (NumberIn(text) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? TimeSpan.FromTicks(Math.Max(0, (date - clock.GetUtcNow()).Ticks))
            : null;
    }

    /// <summary>Reads a number that a time can be made of: a server may send any.</summary>
    private static double? NumberIn(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < int.MaxValue
            ? number
            : null;
}
