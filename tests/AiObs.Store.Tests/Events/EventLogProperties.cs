using AiObs.Store.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Store.Tests.Events;

/// <summary>What holds whatever is done to a log, and whatever is done behind its back.</summary>
public sealed class EventLogProperties
{
    private static readonly Config Quiet = Fuzz.Config();

    [Fact]
    public void VerifyAsync_AnyUse_IsIntactAndKeepsItsAnchors() => Check.One(Quiet, Prop.ForAll<byte[]>(steps =>
    {
        var log = new InMemoryEventLog(capacity: 30);
        var anchors = new List<EventLogAnchor>();
        foreach (var (number, step) in steps.Index())
        {
            Do(log, number * 10, step);
            var verification = log.Snapshot().Verify(new EventChain(), anchors, CancellationToken.None);
            anchors.AddRange(verification.Anchors);
            Assert.Empty(verification.Faults);
        }
    }));

    [Fact]
    public void VerifyAsync_AnyTampering_IsFound() => Check.One(Quiet, Prop.ForAll<byte[], byte, byte>((steps, how, where) =>
    {
        var log = new InMemoryEventLog(capacity: 30);
        Do(log, 100_000, 4);
        foreach (var (number, step) in steps.Index())
        {
            Do(log, number * 10, step);
        }

        var image = log.Snapshot();
        var tampered = Tampering.Ways[how % Tampering.Ways.Count](image, where % image.Rows.Count);

        Assert.NotEmpty(tampered.Verify(new EventChain(), [], CancellationToken.None).Faults);
    }));

    /// <summary>Appends up to four events with and without content, erases, or drops.</summary>
    private static void Do(InMemoryEventLog log, int number, byte step)
    {
        var task = (step % 8) switch
        {
            6 => Erase(log, step),
            7 => Drop(log, step),
            var count => log.AppendAsync([.. Enumerable.Range(number, count).Select(i => (i + step) % 3 == 0 ? EventSamples.Event(i) : EventSamples.Full(i))]),
        };
        Assert.True(task.IsCompletedSuccessfully);
    }

    private static ValueTask Erase(InMemoryEventLog log, byte step) =>
        Forget(log.EraseContentAsync(new EventQuery { Before = EventSamples.Start.AddSeconds(step) }, "asked to"));

    private static ValueTask Drop(InMemoryEventLog log, byte step) => Forget(log.ApplyRetentionAsync(new EventRetention(MaxEvents: (step / 8) + 1)));

    private static ValueTask Forget(ValueTask<Erasure> task)
    {
        Assert.True(task.IsCompletedSuccessfully);
        return ValueTask.CompletedTask;
    }
}
