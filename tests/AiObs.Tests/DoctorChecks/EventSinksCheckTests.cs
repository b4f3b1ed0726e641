using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.DoctorChecks;

public sealed class EventSinksCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sink_Fails_IsAWarningThenAnErrorThenNothing()
    {
        var isDown = true;
        await using var root = new EventRoot();
        var sink = root.AddSink(
            static options => (options.FailureThreshold, options.BatchSize) = (2, 1),
            new StubEventSink { OnWrite = (_, _, _) => Volatile.Read(ref isDown) ? throw new InvalidOperationException("secret") : ValueTask.CompletedTask });

        await root.TrackAsync("a");
        await root.AdvanceUntilAsync(sink.WaitForTriesAsync(1));
        await root.AdvanceUntilAsync(StateAsync(root, EventSinkState.Retrying, EventSinkState.Broken));
        await root.AdvanceUntilAsync(StateAsync(root, EventSinkState.Broken));
        var broken = Assert.Single(await FindAsync(root, "AIOBS030"));
        Volatile.Write(ref isDown, false);
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(1));
        await root.AdvanceUntilAsync(StateAsync(root, EventSinkState.Working));

        Assert.Equal(DoctorSeverity.Error, broken.Severity);
        Assert.Matches("^Event sink stub is broken after [0-9]+ failures, last System.InvalidOperationException; 1 of 10000 events wait.$", broken.Seen);
        Assert.Empty(await FindAsync(root, "AIOBS030"));
    }

    [Fact]
    public async Task Events_FindTheQueueFullOrAreRefused_AreCountedByReason()
    {
        var gate = new StubGate();
        await using var root = new EventRoot();
        var sink = root.AddSink(
            static options => (options.QueueCapacity, options.BatchSize) = (2, 2),
            new StubEventSink
            {
                OnWrite = async (number, events, _) =>
                {
                    if (number == 0)
                    {
                        await gate.WaitAsync(CancellationToken.None);
                    }

                    if (events.Any(static item => item.Type == "bad"))
                    {
                        throw new InvalidOperationException("secret");
                    }
                },
            });

        await root.TrackAsync("first");
        await root.AdvanceUntilAsync(sink.WaitForTriesAsync(1));
        await root.TrackAsync("second", "third", "fourth");
        gate.Release();
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(2));

        var finding = Assert.Single(await FindAsync(root, "AIOBS031"));
        Assert.Equal((DoctorSeverity.Warning, "Event sink stub has lost 2 events since it was added: 2 found the queue full."), (finding.Severity, finding.Seen));
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(EventRoot root, string id) =>
        [.. (await root.Root.Doctor.RunAsync(Token)).Where(finding => finding.Id == id)];

    private static async Task StateAsync(EventRoot root, params EventSinkState[] states)
    {
        while (!states.Contains(root.Events.GetSinks()[0].State))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
