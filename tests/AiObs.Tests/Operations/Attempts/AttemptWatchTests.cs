using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Operations.Attempts;

/// <summary>Nothing of the process is listened to before a call is observed, and nothing after the root is gone.</summary>
public sealed class AttemptWatchTests
{
    [Fact]
    public async Task Root_NobodyListens_SwitchesNothingOn()
    {
        using var root = AgentObservability.Create();
        using var client = new StubChatClient().UseAgentObservability(root);

        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Null(root.Attempts.Listener);
    }

    [Fact]
    public async Task Root_FirstObservedCall_SwitchesItOnOnceForAllItsClients()
    {
        using var observed = new ObservedRoot();
        using var view = new StubChatClient().UseAgentObservability(observed.Root, static options => options.GenAIProfile = GenAIProfile.Latest);
        Assert.Null(observed.Root.Attempts.Listener);

        await observed.AskAsync(new StubChatClient());
        var first = observed.Root.Attempts.Listener;
        await Calls.MakeAsync(view, isStreaming: true);

        Assert.NotNull(first);
        Assert.Same(first, observed.Root.Attempts.Listener);
        Assert.Same(first, view.GetService<AgentObservability>()!.Attempts.Listener);
    }

    [Fact]
    public async Task Root_AttemptsNotWanted_SwitchesNothingOn()
    {
        using var observed = new ObservedRoot(static options => options.RecordAttempts = false);

        await observed.AskAsync(new StubChatClient());

        Assert.Null(observed.Root.Attempts.Listener);
    }

    [Fact]
    public async Task Dispose_Root_SwitchesItOff()
    {
        using var observed = new ObservedRoot();
        await observed.AskAsync(new StubChatClient());
        var listener = observed.Root.Attempts.Listener!;

        observed.Root.Dispose();

        Assert.True(listener.HasEnded);
    }

    [Fact]
    public void Listener_RootForgotten_EndsWithTheNextRequest()
    {
        using var http = new Meter("System.Net.Http");
        var duration = http.CreateHistogram<double>("http.client.request.duration");
        using var meter = new Meter("faults");
        var listener = Forgotten(meter);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        duration.Record(1);

        Assert.True(listener.HasEnded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AttemptListener Forgotten(Meter meter) =>
        new(new OperationIds(), new Faults(meter, NullLogger.Instance), TimeProvider.System);
}
