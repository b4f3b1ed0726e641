namespace AiObs.Store.Events;

/// <summary>
/// Holds contents against the <c>content_erased</c> events, which are in the chain. Filter, writers and sequence numbers of these say of every event,
/// by itself, whether its content must be gone: whatever retention has dropped, nobody can erase one content more, or put one back.
/// </summary>
internal sealed class ErasureCheck
{
    private readonly Dictionary<Guid, ToldErasure> _told = [];
    private readonly Dictionary<(string Writer, string? Name), List<(ToldErasure Erasure, long Last)>> _byWriter = [];
    private readonly Dictionary<Guid, (long Count, WriterVerifier Writer, long Sequence)> _found = [];

    /// <summary>Takes an event that tells of an erasure; all of them before any row is checked.</summary>
    public void Tell(Guid id, ToldErasure erasure)
    {
        _told[id] = erasure;
        foreach (var (writer, last) in erasure.UpTo)
        {
            if (!_byWriter.TryGetValue((writer, erasure.Name), out var erasures))
            {
                _byWriter.Add((writer, erasure.Name), erasures = []);
            }

            erasures.Add((erasure, last as long? ?? 0));
        }
    }

    public void Add(StoredEvent row, WriterVerifier writer)
    {
        if (row.Content?.ErasedBy is { } id)
        {
            var first = _found.GetValueOrDefault(id, (0, writer, row.Place.Count));
            _found[id] = first with { Count = first.Count + 1 };
            if (_told.TryGetValue(id, out var erasure) && !erasure.Covers(row))
            {
                Report(writer, row.Place.Count, $"The content of event {row.Place.Count} is marked as erased by {id}, which did not ask for it.");
            }
        }
        else if (row.Facts.Commitment is not null && IsErased(row))
        {
            Report(writer, row.Place.Count, $"Event {row.Place.Count} (id {row.Facts.Id}) has content again that was erased.");
        }
    }

    /// <summary>Compares numbers.</summary>
    /// <param name="isWhole">Whether retention has dropped nothing, so that every content that an erasure took is still marked.</param>
    /// <param name="writerOf">Returns the verifier of a writer.</param>
    public void Finish(bool isWhole, Func<string, WriterVerifier> writerOf)
    {
        foreach (var (id, (count, writer, sequence)) in _found)
        {
            var told = _told.TryGetValue(id, out var erasure) ? erasure.Count : 0;
            if (count > told)
            {
                Report(
                    writer,
                    sequence,
                    $"{count} events, the first of them {sequence}, are marked as erased by {id}, but the log tells of {told}.");
            }
        }

        foreach (var (id, erasure) in isWhole ? _told : [])
        {
            var count = _found.GetValueOrDefault(id).Count;
            if (count < erasure.Count)
            {
                Report(writerOf(erasure.Place.Writer), erasure.Place.Count, $"The log tells of {erasure.Count} events erased by {id}, but {count} are marked so.");
            }
        }
    }

    private bool IsErased(StoredEvent row) =>
        Covers(row, row.Facts.TraceId) || Covers(row, row.Facts.ConversationId) || Covers(row, row.Facts.SessionId) || Covers(row, row.Facts.UserId)
        || IsCovered(row, null);

    private bool Covers(StoredEvent row, string? name) => name is not null && IsCovered(row, name);

    private bool IsCovered(StoredEvent row, string? name) =>
        _byWriter.TryGetValue((row.Place.Writer, name), out var erasures) && erasures.Exists(told => row.Place.Count <= told.Last && told.Erasure.Covers(row));

    private static void Report(WriterVerifier writer, long sequence, string description) =>
        writer.Report(EventLogFaultKind.ContentMismatch, sequence, description);
}
