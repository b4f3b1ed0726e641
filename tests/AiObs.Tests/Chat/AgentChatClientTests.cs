using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class AgentChatClientTests : AgentTest
{
    private static readonly string[] WeatherOnly = ["weather"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ContentOn_WritesQuestionAnswerAndRollUps(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("It is sunny."));
        using var agent = Agent(model, Observe(), configure: o =>
        {
            o.Id = "a-1";
            o.Description = "Knows the weather.";
            o.Version = "2";
        });

        await RunAsync(agent, isStreaming, Weather());

        var span = Spans.Only("invoke_agent helper");
        Assert.Equal(ActivityKind.Internal, span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "AGENT",
                ["agent.name"] = "helper",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.agent.name"] = "helper",
                ["gen_ai.agent.id"] = "a-1",
                ["gen_ai.agent.description"] = "Knows the weather.",
                ["gen_ai.agent.version"] = "2",
                ["gen_ai.provider.name"] = "stub",
                ["aiobs.agent.iterations"] = 2L,
                ["aiobs.agent.tools_used"] = WeatherOnly,
                ["input.value"] = "How is Rome?",
                ["input.mime_type"] = "text/plain",
                ["output.value"] = "It is sunny.",
                ["output.mime_type"] = "text/plain",
            },
            span);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ContentOff_WritesNoContent(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("It is sunny."));
        using var agent = Agent(model, Observe(o => o.CaptureContent = ContentCapture.None));

        await RunAsync(agent, isStreaming, Weather());

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "AGENT",
                ["agent.name"] = "helper",
                ["gen_ai.operation.name"] = "invoke_agent",
                ["gen_ai.agent.name"] = "helper",
                ["gen_ai.provider.name"] = "stub",
                ["aiobs.agent.iterations"] = 2L,
                ["aiobs.agent.tools_used"] = WeatherOnly,
            },
            Spans.Only("invoke_agent helper"));
    }

    [Fact]
    public async Task Run_LatestProfile_LeavesOutWhatRemoteAgentsHave()
    {
        using var model = StubChatClient.Scripted(Says("Hello."));
        using var agent = Agent(model, Observe(o => o.GenAIProfile = GenAIProfile.Latest), configure: o =>
        {
            o.Id = "a-1";
            o.Description = "Knows the weather.";
            o.Version = "2";
        });

        await RunAsync(agent, isStreaming: false);

        var span = Spans.Only("invoke_agent helper");
        Assert.Equal("Knows the weather.", span.GetTagItem("gen_ai.agent.description"));
        Assert.Null(span.GetTagItem("gen_ai.agent.id"));
        Assert.Null(span.GetTagItem("gen_ai.agent.version"));
        Assert.Null(span.GetTagItem("gen_ai.provider.name"));
    }

    [Fact]
    public async Task Run_NothingInsideIsObserved_SaysNothingOfIterations()
    {
        using var model = StubChatClient.Scripted(Says("Hello."));
        using var agent = model.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        Assert.Null(Spans.Only().GetTagItem("aiobs.agent.iterations"));
    }

    [Fact]
    public async Task Run_ModelIsNeverCalled_CountsZeroIterationsAndNoTools()
    {
        using var observed = new StubChatClient().UseAgentObservability(Observe());
        using var cache = new StubChatClient { OnGetService = observed.GetService };
        using var agent = cache.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        var span = Spans.Only("invoke_agent helper");
        Assert.Equal(0L, span.GetTagItem("aiobs.agent.iterations"));
        Assert.Null(span.GetTagItem("aiobs.agent.tools_used"));
    }

    [Fact]
    public async Task GetResponseAsync_InnerThrows_ThrowsTheSameAndMarksTheSpan()
    {
        var exception = new InvalidOperationException("secret");
        using var model = StubChatClient.Throwing(exception);
        using var agent = Agent(model, Observe(o => o.CaptureContent = ContentCapture.None));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(agent, isStreaming: false));

        Assert.Same(exception, thrown);
        var span = Spans.Only("invoke_agent helper");
        SpanAssert.Status(ActivityStatusCode.Error, "System.InvalidOperationException", span);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal(1L, span.GetTagItem("aiobs.agent.iterations"));
    }

    [Fact]
    public async Task GetResponseAsync_CallerCancels_MarksTheSpan()
    {
        var gate = new StubGate();
        using var source = new CancellationTokenSource();
        using var model = new StubChatClient
        {
            OnResponse = async call =>
            {
                await gate.WaitAsync(call.CancellationToken);

                return Says("Never.");
            },
        };
        using var agent = Agent(model, Observe());

        var run = agent.GetResponseAsync("Hi", cancellationToken: source.Token);
        await gate.Reached;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var span = Spans.Only("invoke_agent helper");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task GetResponseAsync_InnerReturnsNull_ReturnsNull()
    {
        using var model = new StubChatClient { OnResponse = _ => Task.FromResult<ChatResponse>(null!) };
        using var agent = model.UseAgent("helper", Observe());

        Assert.Null(await agent.GetResponseAsync("Hi", cancellationToken: Token));
        Assert.Equal("Hi", Spans.Only().GetTagItem("input.value"));
    }

    [Fact]
    public async Task GetResponseAsync_Called_InnerSeesTheSpanAndTheCallerItsOwn()
    {
        using var outer = new Activity("outer").Start();
        using var model = StubChatClient.Scripted(Says("Hello."));
        using var agent = model.UseAgent("helper", Observe());

        await RunAsync(agent, isStreaming: false);

        Assert.Same(outer, Activity.Current);
        Assert.Same(Spans.Only(), model.Calls[0].CurrentActivity);
        Assert.Equal(outer.SpanId, Spans.Only().ParentSpanId);
    }

    [Fact]
    public async Task GetResponseAsync_WithTools_PassesTheCallersOptionsAndTools()
    {
        var weather = Weather();
        var options = new ChatOptions { Tools = [weather], Temperature = 0.5f };
        using var model = StubChatClient.Scripted(Says("Hello."));
        using var agent = model.UseAgent("helper", Observe());

        await agent.GetResponseAsync("Hi", options, Token);

        Assert.Same(options, model.Calls[0].Options);
        Assert.Same(weather, Assert.Single(options.Tools));
    }

    [Fact]
    public async Task GetResponseAsync_NothingListens_ReturnsTheInnerTask()
    {
        using var model = new FixedChatClient(Says("Hello."));
        using var agent = model.UseAgent("helper", Observe(o => o.SourceName = $"{Source}-silent"));
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];

        Assert.Same(model.Response, agent.GetResponseAsync(messages, cancellationToken: Token));
        Assert.Same(model.Stream, agent.GetStreamingResponseAsync(messages, cancellationToken: Token));
        Assert.Equal(0, AllocationMeter.BytesPerRun(() => agent.GetResponseAsync(messages)));
        await model.Response;
    }

    [Fact]
    public async Task GetResponseAsync_Suppressed_LeavesNoSpan()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("It is sunny."));
        using var agent = Agent(model, Observe());

        using (AgentContext.Suppress())
        {
            await RunAsync(agent, isStreaming: false, Weather());
        }

        Assert.Empty(Spans.Started);
    }

    [Fact]
    public void GetService_ActivitySourceOrRoot_AnswersOurs()
    {
        var root = Observe();
        using var model = new StubChatClient();
        using var agent = model.UseAgent("helper", root);

        Assert.Equal(Source, agent.GetService<ActivitySource>()?.Name);
        Assert.Same(root, agent.GetService<AgentObservability>());
        Assert.Null(agent.GetService(typeof(ActivitySource), "key"));
        Assert.Same(model, agent.GetService<StubChatClient>());
    }

    [Fact]
    public async Task UseAgent_WithoutRoot_TakesThatOfTheObservedClientInside()
    {
        using var model = StubChatClient.Scripted(Says("Hello."));
        using var observed = model.UseAgentObservability(o =>
        {
            o.SourceName = Source;
            o.CaptureContent = ContentCapture.Spans;
        });
        using var agent = observed.UseAgent("helper");

        await RunAsync(agent, isStreaming: false);

        Assert.Equal("Hello.", Spans.Only("invoke_agent helper").GetTagItem("output.value"));
    }

    [Fact]
    public void Dispose_RootIsTheCallers_DisposesTheInnerClientOnly()
    {
        var root = Observe();
        using var model = new StubChatClient();
        var agent = model.UseAgent("helper", root);

        agent.Dispose();

        Assert.Equal(1, model.DisposeCount);
        Assert.True(root.Pipeline.Source.HasListeners());
    }

    [Fact]
    public async Task UseAgent_GetServiceThrows_RunsAllTheSame()
    {
        var model = new StubChatClient { OnGetService = static (_, _) => throw new InvalidOperationException("a") };
        using var agent = model.UseAgent("helper");

        var response = await agent.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Equal("Hello.", response.Text);
    }

    [Fact]
    public void UseAgent_EmptyName_Throws()
    {
        using var model = new StubChatClient();

        Assert.Throws<ArgumentException>(() => model.UseAgent(" ", Observe()));
    }
}
