using System.Buffers;
using System.Globalization;
using AiObs.Recording;
using AiObs.Store.Events;

namespace AiObs.Store.Traces;

/// <summary>Brings spans into the form in which stores keep them. Every store uses it, so that all of them keep the same.</summary>
internal static class SpanIntake
{
    public const int TraceIdLength = 32;
    public const int SpanIdLength = 16;

    /// <summary>The most characters of attributes, and of events, as JSON.</summary>
    public const int MaxAttributesLength = 1 << 20;

    /// <summary>The most characters of content.</summary>
    public const int MaxContentLength = 1 << 24;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Prepares a batch; a span that stands in it twice comes out once.</summary>
    /// <exception cref="ArgumentException">An id is not hexadecimal, or not as long as it has to be.</exception>
    public static IReadOnlyList<SpanRecord> Prepare(IReadOnlyList<SpanRecord> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var prepared = new List<SpanRecord>(batch.Count);
        var seen = new HashSet<(string, string)>(batch.Count);
        foreach (var span in batch)
        {
            ThrowIfNoId(span.TraceId, TraceIdLength, "trace");
            ThrowIfNoId(span.SpanId, SpanIdLength, "span");
            if (seen.Add((span.TraceId, span.SpanId)))
            {
                prepared.Add(Prepare(span));
            }
        }

        return prepared;
    }

    private static SpanRecord Prepare(SpanRecord span)
    {
        var time = span.Time.ToUniversalTime();
        return span with
        {
            ParentSpanId = StoredText.Id(span.ParentSpanId),
            Time = time,
            Duration = TimeSpan.FromTicks(Math.Clamp(span.Duration.Ticks, 0, DateTimeOffset.MaxValue.Ticks - time.Ticks)),
            Source = StoredText.Id(span.Source)!,
            Name = StoredText.Id(span.Name)!,
            Provider = StoredText.Id(span.Provider),
            Model = StoredText.Id(span.Model),
            Agent = StoredText.Id(span.Agent),
            Tool = StoredText.Id(span.Tool),
            ErrorType = StoredText.Id(span.ErrorType),
            ConversationId = StoredText.Id(span.ConversationId),
            UserId = StoredText.Id(span.UserId),
            SessionId = StoredText.Id(span.SessionId),
            InputTokens = UsageNormalizer.Known(span.InputTokens),
            OutputTokens = UsageNormalizer.Known(span.OutputTokens),
            Tags = [.. span.Tags.Select(static tag => StoredText.Id(tag)!).Distinct(StringComparer.Ordinal)],
            Attributes = Json(span.Attributes, MaxAttributesLength, "{{\"omitted\":\"{0}\"}}"),
            Events = span.Events is null ? null : Json(span.Events, MaxAttributesLength, "[{{\"name\":\"{0}\"}}]"),
            Content = span.Content is null ? null : new(Json(span.Content.Attributes, MaxContentLength, "{{\"omitted\":\"{0}\"}}")),
            HadContent = span.Content is not null,
        };
    }

    private static string Json(string json, int limit, string replacement) => json.Length <= limit
        ? StoredText.Of(json)
        : string.Format(
            CultureInfo.InvariantCulture,
            replacement,
            string.Create(CultureInfo.InvariantCulture, $"{json.Length} characters, more than the {limit} that a trace store keeps"));

    private static void ThrowIfNoId(string id, int length, string what)
    {
        if (id?.Length != length || id.AsSpan().ContainsAnyExcept(LowerHex))
        {
            throw new ArgumentException($"The id of a {what} has {length} lower-case hexadecimal digits; '{LogText.Line(id ?? "")}' does not.");
        }
    }
}
