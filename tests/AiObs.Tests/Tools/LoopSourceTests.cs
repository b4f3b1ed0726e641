using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>What the ear on function loops costs, and that it goes with its client.</summary>
public sealed class LoopSourceTests : AgentTest
{
    [Fact]
    public async Task Client_WithOptionsOfItsOwn_IsReleasedWithoutBeingDisposed()
    {
        var root = Observe();

        var (client, source) = await UseAndForgetAsync(root);
        Collect();

        Assert.False(client.IsAlive);
        Assert.False(source.HasListeners());
        GC.KeepAlive(root);
    }

    [Fact]
    public async Task Client_WithOptionsOfItsOwn_IsNotReleasedWhileItsLoopIsUsed()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var loop = Loop(model.UseAgentObservability(Observe(), static o => o.MetricMetadataKeys.Add("tenant")));
        Collect();

        await RunAsync(loop, isStreaming: false, Weather());

        Assert.Equal("Sunny in Rome", Spans.Only("execute_tool weather").GetTagItem("output.value"));
    }

    [Fact]
    public void Client_Disposed_ItsSourceHasNoListeners()
    {
        var client = new StubChatClient().UseAgentObservability(Observe(), static o => o.MetricMetadataKeys.Add("tenant"));
        var source = client.GetService<ActivitySource>()!;
        Assert.True(source.HasListeners());

        client.Dispose();

        Assert.False(source.HasListeners());
    }

    [Fact]
    public void Client_NobodyListens_ItsSourceHasNoListeners()
    {
        using var client = new StubChatClient().UseAgentObservability(Observe(o => o.SourceName = $"{Source}-silent"));

        Assert.False(client.GetService<ActivitySource>()!.HasListeners());
    }

    [Fact]
    public void Client_AskedForItsSource_GivesTheSameWithNameVersionAndSchemaOfTheRoot()
    {
        var root = Observe();
        using var client = new StubChatClient().UseAgentObservability(root);

        var source = client.GetService<ActivitySource>()!;

        Assert.Same(source, client.GetService<ActivitySource>());
        Assert.NotSame(root.Pipeline.Source, source);
        Assert.Equal(
            (root.Pipeline.Source.Name, root.Pipeline.Source.Version, root.Pipeline.Source.TelemetrySchemaUrl),
            (source.Name, source.Version, source.TelemetrySchemaUrl));
    }

    [Fact]
    public void Run_NothingListens_TakesNoMoreThanOverAModelWithASilentSource()
    {
        using var silent = new ActivitySource($"{Source}-nobody");
        using var plain = Loop(new ConstantModel(silent));
        using var observed = Loop(new ConstantModel(source: null).UseAgentObservability(Observe(o => o.SourceName = $"{Source}-silent")));
        var options = new ChatOptions { Tools = [Constant] };

        var expected = AllocationMeter.BytesPerRun(() => new(plain.GetResponseAsync("Hi", options, Token)));

        Assert.Equal(expected, AllocationMeter.BytesPerRun(() => new(observed.GetResponseAsync("Hi", options, Token))));
    }

    [Fact]
    public async Task Run_LoopWasBuiltBeforeAnybodyListened_LeavesWholeToolSpans()
    {
        var name = $"{Source}-late";
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var loop = Loop(model.UseAgentObservability(Observe(o => o.SourceName = name)));
        using var late = new SpanCollector(name);

        await RunAsync(loop, isStreaming: false, Weather());

        Assert.Equal("Sunny in Rome", late.Only("execute_tool weather").GetTagItem("output.value"));
    }

    private static AIFunction Constant { get; } = AIFunctionFactory.Create(static () => { }, "constant");

    private static void Collect()
    {
        // The first round runs the finalizer, the second frees what it let go.
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<(WeakReference Client, ActivitySource Source)> UseAndForgetAsync(AgentObservability root)
    {
        var client = Loop(StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."))
            .UseAgentObservability(root, static o => o.MetricMetadataKeys.Add("tenant")));
        await RunAsync(client, isStreaming: false, Weather());

        return (new WeakReference(client), client.GetService<ActivitySource>()!);
    }

    /// <summary>Asks for the function until its result is there, and keeps nothing.</summary>
    private sealed class ConstantModel(ActivitySource? source) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(messages.Any(static message => message.Role == ChatRole.Tool)
                ? Says("Done.")
                : Asks(new FunctionCallContent("c1", "constant")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ActivitySource) ? source : null;

        public void Dispose()
        {
        }
    }
}
