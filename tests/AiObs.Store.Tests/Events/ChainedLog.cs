using AiObs.Events;
using AiObs.Store.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

/// <summary>A log of several writers as somebody with access to its tables sees it: everything can be changed.</summary>
internal sealed class ChainedLog(EventChain chain, bool isOfFirstRelease = false)
{
    private int _nextNumber = 1;

    /// <summary>Gets the log's id; logs of 0.1.0 have none.</summary>
    public Guid? Id { get; } = isOfFirstRelease ? null : Guid.NewGuid();

    public List<ChainWriter> Writers { get; } = [];

    public List<ChainCheckpoint> Checkpoints { get; } = [];

    public List<StoredEvent> Rows { get; } = [];

    /// <summary>Makes a log in which writers a, b and c have written four events each, in turns, half of them with content.</summary>
    public static ChainedLog OfThreeWriters(EventChain chain)
    {
        var log = new ChainedLog(chain);
        foreach (var writer in new[] { "a", "b", "c" })
        {
            log.Open(writer);
            log.Append(writer);
        }

        for (var i = 0; i < 9; i++)
        {
            log.Append(log.Writers[i % 3].Writer);
        }

        return log;
    }

    public void Open(string writer) => Writers.Add(chain.Open(Id, writer, EventSamples.Start, Writers.LastOrDefault()?.Head));

    public void Append(string writer)
    {
        var number = _nextNumber++;
        Append(writer, number % 2 == 0 ? EventSamples.Full(number) : EventSamples.Event(number));
    }

    public void Append(string writer, AgentEvent added)
    {
        var row = RowOf(writer);
        var (facts, content) = EventIntake.Prepare(added);
        var head = chain.Append(Writers[row].Head, facts);
        Rows.Add(new StoredEvent(facts, content, head, Rows.Count == 0 ? 1 : Rows[^1].Position + 1));
        Writers[row] = chain.Advance(Writers[row], head);
    }

    /// <summary>Erases as a log does it.</summary>
    public void Erase(string writer, params int[] rows)
    {
        var id = Guid.NewGuid();
        foreach (var row in rows)
        {
            Rows[row] = Rows[row] with { Content = EventContent.Erased(id) };
        }

        var upTo = isOfFirstRelease ? [] : rows.Select(row => Rows[row].Place).GroupBy(static place => place.Writer).Select(static places => (places.Key, places.Max(static place => place.Count)));
        Append(writer, LogEvents.ContentErased(Id, id, EventSamples.Start, EventQuery.All, "asked to", rows.Length, upTo));
    }

    /// <summary>Drops the oldest rows as a log does it; the last writer tells of it.</summary>
    public void Drop(int count)
    {
        foreach (var last in Rows.Take(count).GroupBy(static row => row.Place.Writer).Select(static rows => rows.Last().Place))
        {
            Checkpoints.RemoveAll(checkpoint => checkpoint.Head.Writer == last.Writer);
            Checkpoints.Add(chain.Checkpoint(Id, last));
        }

        Rows.RemoveRange(0, count);
        Append(Writers[^1].Writer, LogEvents.RetentionApplied(Id, Guid.NewGuid(), EventSamples.Start, new EventRetention(), count, Checkpoints));
    }

    public int RowOf(string writer) => Writers.FindIndex(row => row.Writer == writer);

    /// <summary>Finds an event's row.</summary>
    public int IndexOf(string writer, long sequence) =>
        Rows.FindIndex(row => row.Place.Writer == writer && row.Place.Count == sequence);

    /// <summary>Makes the hashes from an event on anew, as who has no key, or the right one, would do it.</summary>
    public void Rehash(string writer, EventChain attacker)
    {
        var head = new ChainHead(writer, 0, attacker.Genesis(Id, writer, Writers[RowOf(writer)].OpenedTicks, Writers[RowOf(writer)].Predecessor));
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Place.Writer == writer)
            {
                head = attacker.Append(head, Rows[i].Facts);
                Rows[i] = Rows[i] with { Place = head };
            }
        }

        Writers[RowOf(writer)] = attacker.Advance(Writers[RowOf(writer)], head);
    }

    public EventLogVerification Verify(params EventLogAnchor[] anchors) => VerifyWith(chain, anchors);

    public EventLogVerification VerifyWith(EventChain other, params EventLogAnchor[] anchors) =>
        new LogImage(Writers, Checkpoints, Rows).Verify(other, anchors, TestContext.Current.CancellationToken);

    /// <summary>Verifies and returns what is wrong as one short text per fault.</summary>
    public string[] Faults(params EventLogAnchor[] anchors) => Texts(Verify(anchors));

    public static string[] Texts(EventLogVerification verification) =>
        [.. verification.Faults.Select(static fault => $"{fault.Kind} {fault.Writer} {fault.Sequence}".TrimEnd())];
}
