using System.Text.Json;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>
/// Holds erased contents against the <c>content_erased</c> events, which are in the chain: an erasure that was not logged, or that took more
/// than it says, shows. Retention drops an event that tells of an erasure after the events that it tells of, so it never stands alone.
/// </summary>
internal sealed class ErasureCheck
{
    private readonly Dictionary<Guid, long> _told = [];
    private readonly Dictionary<Guid, (long Count, WriterVerifier Writer, long Sequence)> _found = [];

    public void Add(StoredEvent row, WriterVerifier writer)
    {
        if (row.Content?.ErasedBy is { } erasure)
        {
            var first = _found.GetValueOrDefault(erasure, (0, writer, row.Place.Count));
            _found[erasure] = first with { Count = first.Count + 1 };
        }

        if (row.Facts.Type == AgentEventTypes.ContentErased)
        {
            _told[row.Facts.Id] = CountOf(row.Facts);
        }
    }

    public void Finish()
    {
        foreach (var (erasure, (count, writer, sequence)) in _found)
        {
            var told = _told.GetValueOrDefault(erasure);
            if (count > told)
            {
                writer.Report(
                    EventLogFaultKind.ContentMismatch,
                    sequence,
                    $"{count} events, the first of them {sequence}, are marked as erased by {erasure}, but the log tells of {told}.");
            }
        }
    }

    private static long CountOf(EventFacts erasure)
    {
        try
        {
            return EventDataJson.Read(erasure.Data).GetValueOrDefault(EventDataKeys.Count) is long count ? count : 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Somebody changed it; that it tells of nothing any more adds to what the chain says.
            return 0;
        }
    }
}
