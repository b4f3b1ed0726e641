using System.Diagnostics;
using System.Text.Json;
using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Store.Traces;

/// <summary>Finds answers among the spans that are kept. Their ids are no column, which few would ask for and all would pay for.</summary>
internal static class KeptAnswers
{
    public static async ValueTask<RecentAnswers.Place?> FindAsync(ITraceStore store, string responseId, CancellationToken cancellationToken)
    {
        var query = new SpanQuery { Kind = OperationKind.Chat, Order = PageOrder.NewestFirst, PageSize = SpanQuery.MaxPageSize };
        for (var seen = 0; seen < ISpanKeeper.MostAnswers; seen += query.PageSize)
        {
            var page = await store.ListSpansAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Spans.FirstOrDefault(span => HasId(span, responseId)) is { } answer)
            {
                return PlaceOf(answer);
            }

            if (page.NextCursor is null)
            {
                break;
            }

            query = query with { Cursor = page.NextCursor };
        }

        return null;
    }

    private static bool HasId(SpanRecord span, string responseId)
    {
        if (!span.Attributes.Contains(GenAiAttributes.ResponseId, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var attributes = JsonDocument.Parse(span.Attributes);
            return attributes.RootElement.TryGetProperty(GenAiAttributes.ResponseId, out var id) && id.ValueKind == JsonValueKind.String && id.ValueEquals(responseId);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Whoever appended it did not write an object.
            return false;
        }
    }

    private static RecentAnswers.Place PlaceOf(SpanRecord span) => new(
        new ActivityContext(ActivityTraceId.CreateFromString(span.TraceId), ActivitySpanId.CreateFromString(span.SpanId), ActivityTraceFlags.None),
        span.ConversationId,
        span.SessionId);
}
