using System.Globalization;

namespace AiObs.Http.Wire;

/// <summary>Status and headers of a response, whichever library got it; of the request no header is ever read.</summary>
internal abstract class ResponseHead
{
    private const string EventStream = "text/event-stream";
    private const string JsonLines = "application/x-ndjson";

    /// <summary>Gets the HTTP status.</summary>
    public abstract int Status { get; }

    /// <summary>Gets the words that came with it.</summary>
    public abstract string Reason { get; }

    /// <summary>Gets a value indicating whether the response is a failure.</summary>
    public virtual bool IsFailure => Status >= 400;

    public bool IsEventStream => IsOfType(EventStream);

    public bool IsJsonLines => IsOfType(JsonLines);

    /// <summary>Gets how many bytes the content has; <see langword="null"/> where that is not known.</summary>
    public long? Length =>
        Find("Content-Length") is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary>Gets the id that the provider gave the request. Anthropic and Azure's gateway spell it otherwise.</summary>
    public string? RequestId => Find("x-request-id") ?? Find("request-id") ?? Find("apim-request-id");

    /// <summary>Returns how long the provider asks to wait, which it says in milliseconds, in seconds or as a date.</summary>
    public TimeSpan? RetryAfter(TimeProvider clock)
    {
        if (NumberIn(Find("retry-after-ms")) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var text = Find("retry-after");
        if (NumberIn(text) is { } seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? TimeSpan.FromTicks(Math.Max(0, (date - clock.GetUtcNow()).Ticks))
            : null;
    }

    /// <summary>Returns the value of a header; <see langword="null"/> where there is none.</summary>
    protected abstract string? Find(string header);

    /// <summary>Reads a number that a time can be made of: a server may send any.</summary>
    private static double? NumberIn(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < int.MaxValue
            ? number
            : null;

    private bool IsOfType(string type) => Find("Content-Type")?.StartsWith(type, StringComparison.OrdinalIgnoreCase) is true;
}
