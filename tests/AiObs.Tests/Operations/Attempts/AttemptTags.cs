using System.Diagnostics;
using System.Globalization;
using AiObs.TestSupport;

namespace AiObs.Tests.Operations.Attempts;

/// <summary>Reads what a span says of attempts.</summary>
internal static class AttemptTags
{
    public static (string? Count, string? LastStatus) Of(Activity span) => (Text(span, "aiobs.attempt.count"), Text(span, "aiobs.attempt.last_status"));

    /// <summary>Returns the events of attempts, without those of exceptions and of streams.</summary>
    public static string EventsOf(Activity span) => string.Join('\n', span.Events
        .Where(static item => item.Name.StartsWith("aiobs.attempt", StringComparison.Ordinal))
        .Select(static item => $"{item.Name}\n  {SpanText.Attributes(item.Tags).Replace("\n", "\n  ", StringComparison.Ordinal)}"));

    private static string? Text(Activity span, string key) => Convert.ToString(span.GetTagItem(key), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
