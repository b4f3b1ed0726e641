using System.Diagnostics;
using AiObs.Store.Traces;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiObs.Store.Tests.Traces;

public sealed class TraceWriterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_StoreFails_CostsNoCallAnythingAndComesBackByItself()
    {
        var failures = 5;
        var store = new StubTraceStore
        {
            OnAppend = (_, _) => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("Down.") : Task.CompletedTask,
        };
        await using var traced = new TracedRoot(store);

        for (var call = 0; call < 10; call++)
        {
            Assert.Equal("Hello.", (await traced.AskAsync(new StubChatClient())).Text);
        }

        await traced.AdvanceUntilAsync(traced.Root.FlushTracesAsync(Stop));

        Assert.Equal(10, (await traced.SpansAsync()).Count);
        Assert.Empty(traced.Metrics.Of("aiobs.traces.dropped"));
        Assert.Equal([90, 91], traced.Logs.GetSnapshot().Where(static log => log.Id.Id is 90 or 91).Select(static log => log.Id.Id));
    }

    [Fact]
    public async Task Write_StoreHangs_CostsNoCallAnythingAndDropsWhatFindsNoRoom()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var store = new StubTraceStore
        {
            OnAppend = (_, _) =>
            {
                begun.TrySetResult();
                return gate.Task;
            },
        };
        await using var traced = new TracedRoot(store, configure: static options => options.QueueCapacity = 3);
        await traced.AskAsync(new StubChatClient());
        await traced.AdvanceUntilAsync(begun.Task);

        for (var call = 0; call < 5; call++)
        {
            Assert.Equal("Hello.", (await traced.AskAsync(new StubChatClient())).Text);
        }

        gate.SetResult();
        await traced.AdvanceUntilAsync(traced.Root.FlushTracesAsync(Stop));

        Assert.Equal(3, (await traced.SpansAsync()).Count);
        Assert.Equal([1L, 1L, 1L], traced.Metrics.Of("aiobs.traces.dropped").Select(static dropped => (long)dropped.Value));
        Assert.All(traced.Metrics.Of("aiobs.traces.dropped"), static dropped => Assert.Equal(new Dictionary<string, object?> { ["aiobs.reason"] = "full" }, dropped.Tags));
        Assert.Single(traced.Logs.GetSnapshot(), static log => log.Id.Id == 92);
    }

    [Fact]
    public async Task Write_SpanThatIsRefused_IsDroppedAloneAndCounted()
    {
        var store = new StubTraceStore
        {
            OnAppend = static (spans, _) => spans.Any(static span => span.Name == "chat bad") ? throw new InvalidOperationException("Bad.") : Task.CompletedTask,
        };
        await using var traced = new TracedRoot(store);

        await traced.AskAsync(new StubChatClient(), new() { ModelId = "bad" });
        await traced.AskAsync(new StubChatClient(), new() { ModelId = "good" });
        while (traced.Metrics.Of("aiobs.traces.dropped").Count == 0)
        {
            // It is given up when others were accepted between its refusals.
            var accepted = store.Batches.Count;
            await traced.AskAsync(new StubChatClient(), new() { ModelId = "good" });
            while (store.Batches.Count == accepted)
            {
                Stop.ThrowIfCancellationRequested();
                traced.Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(10));
                await Task.Yield();
            }
        }

        Assert.Equal("refused", traced.Metrics.Only("aiobs.traces.dropped").Tags["aiobs.reason"]);
        Assert.All(await traced.SpansAsync(), static span => Assert.Equal("chat good", span.Name));
    }

    [Fact]
    public async Task Write_ManySpans_GoInBatches()
    {
        var store = new StubTraceStore();
        await using var traced = new TracedRoot(store);

        for (var call = 0; call < 600; call++)
        {
            await traced.AskAsync(new StubChatClient());
        }

        await traced.Root.FlushTracesAsync(Stop);

        Assert.Equal(600, store.Batches.Sum());
        Assert.InRange(store.Batches.Max(), 1, 512);
    }

    [Fact]
    public async Task DisposeAsync_SpansThatWait_AreWritten()
    {
        var store = new StubTraceStore();
        var traced = new TracedRoot(store);
        await traced.AskAsync(new StubChatClient());

        await traced.DisposeAsync();

        Assert.Equal([1], store.Batches);
    }

    [Fact]
    public async Task DisposeAsync_SpansThatEndMeanwhileOrLater_AreCountedAsDropped()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var store = new StubTraceStore
        {
            OnAppend = (_, _) =>
            {
                begun.TrySetResult();
                return gate.Task;
            },
        };
        await using var traced = new TracedRoot(store);
        var writer = traced.Root.OwnServices!.GetRequiredService<TraceWriter>();
        await traced.AskAsync(new StubChatClient());
        var disposing = writer.DisposeAsync();
        await begun.Task;

        await traced.AskAsync(new StubChatClient());
        gate.SetResult();
        await disposing;
        using var span = new Activity("of a library").Start();
        writer.Keep(span);

        Assert.Equal([1], store.Batches);
        Assert.Equal([1L, 1L], traced.Metrics.Of("aiobs.traces.dropped").Select(static dropped => (long)dropped.Value));
        Assert.All(traced.Metrics.Of("aiobs.traces.dropped"), static dropped => Assert.Equal("shutdown", dropped.Tags["aiobs.reason"]));
    }

    [Fact]
    public async Task HealthCheck_StoreThatFails_SaysSoUntilItIsBack()
    {
        var isDown = true;
        var store = new StubTraceStore
        {
            OnAppend = (_, _) => Volatile.Read(ref isDown) ? throw new InvalidOperationException("Down.") : Task.CompletedTask,
        };
        await using var traced = new TracedRoot(store);
        var check = traced.Root.OwnServices!.GetRequiredService<AiObsTracesHealthCheck>();
        Assert.Equal((HealthStatus.Healthy, "The trace store works."), await CheckAsync());

        await traced.AskAsync(new StubChatClient());
        var (status, description) = (HealthStatus.Healthy, "");
        while (status != HealthStatus.Unhealthy)
        {
            traced.Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(30));
            await Task.Yield();
            (status, description) = await CheckAsync();
        }

        Assert.StartsWith("The trace store is broken after ", description, StringComparison.Ordinal);
        Assert.EndsWith(" failures, last System.InvalidOperationException.", description, StringComparison.Ordinal);
        Volatile.Write(ref isDown, false);
        await traced.AdvanceUntilAsync(traced.Root.FlushTracesAsync(Stop));
        Assert.Equal((HealthStatus.Healthy, "The trace store works."), await CheckAsync());

        async Task<(HealthStatus Status, string Description)> CheckAsync()
        {
            var result = await check.CheckHealthAsync(
                new() { Registration = new("traces", check, HealthStatus.Unhealthy, tags: null) }, Stop);
            return (result.Status, result.Description!);
        }
    }
}
