using System.Runtime.CompilerServices;
using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using AiObs.Tools;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

public sealed class ToolObserverTests : AgentTest
{
    [Fact]
    public void Observed_SameFunctionAndRoot_IsTheSameWrapper()
    {
        var root = Observe();
        var function = Weather();

        Assert.Same(function.Observed(root), function.Observed(root));
        Assert.NotSame(function.Observed(root), Weather().Observed(root));
    }

    [Fact]
    public void Observed_AlreadyObserved_IsTheFunctionItself()
    {
        var root = Observe();
        var observed = Weather().Observed(root);
        var delegating = new ApprovalRequiredAIFunction(observed);

        Assert.Same(observed, observed.Observed(root));
        Assert.Same(observed, observed.Observed(Observe()));
        Assert.Same(delegating, delegating.Observed(root));
    }

    [Fact]
    public void Observed_FunctionThatNeedsApproval_StillSaysSo()
    {
        var approval = new ApprovalRequiredAIFunction(Weather());

        var observed = approval.Observed(Observe());

        Assert.Same(approval, observed.GetService<ApprovalRequiredAIFunction>());
        Assert.IsType<ObservingAIFunction>(observed);
    }

    [Fact]
    public void Observed_AnyFunction_SaysOfItselfWhatTheFunctionSays()
    {
        var function = Weather();

        var observed = function.Observed(Observe());

        Assert.Equal(function.Name, observed.Name);
        Assert.Equal(function.Description, observed.Description);
        Assert.Equal(function.JsonSchema, observed.JsonSchema);
        Assert.Same(function.AdditionalProperties, observed.AdditionalProperties);
        Assert.Same(function.UnderlyingMethod, observed.UnderlyingMethod);
    }

    [Fact]
    public void Observed_FunctionNoLongerUsed_KeepsNeitherItNorItsWrapper()
    {
        var root = Observe();

        var (function, wrapper) = ObserveAndForget(root);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(function.IsAlive);
        Assert.False(wrapper.IsAlive);
        GC.KeepAlive(root);
    }

    [Fact]
    public void Wrap_MixedTools_WrapsFunctionsInTheirOrder()
    {
        var root = Observe();
        var declaration = Weather().AsDeclarationOnly();
        AITool[] tools = [declaration, Weather(), new HostedWebSearchTool(), Weather().Observed(root)];

        var wrapped = root.Tools.Wrap(new ChatOptions { Tools = tools })!.Tools!;

        Assert.Same(declaration, wrapped[0]);
        Assert.Same(root.Tools.Wrap((AIFunction)tools[1]), wrapped[1]);
        Assert.Same(tools[2], wrapped[2]);
        Assert.Same(tools[3], wrapped[3]);
    }

    [Fact]
    public void Wrap_NothingToWrap_IsTheVerySameOptions()
    {
        var root = Observe();
        var observed = new ChatOptions { Tools = [Weather().Observed(root), new HostedWebSearchTool()] };
        var empty = new ChatOptions { Tools = [] };

        Assert.Same(observed, root.Tools.Wrap(observed));
        Assert.Same(empty, root.Tools.Wrap(empty));
        Assert.Null(root.Tools.Wrap(options: null));
    }

    [Fact]
    public async Task UseAgentObservability_AroundAFunctionLoop_MakesToolSpans()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var client = new StubFunctionLoop(model) { OpensSpans = true }.UseAgentObservability(Observe());

        await RunAsync(client, isStreaming: false, Weather());

        Assert.Equal(["execute_tool weather"], ChildrenOf(Spans.Only("chat stub-model")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAgentObservability_InsideOfAFunctionLoop_PassesTheToolsAsTheyAre(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Says("Sunny."));
        using var client = new StubFunctionLoop(model.UseAgentObservability(Observe())) { OpensSpans = true };
        var weather = Weather();

        await RunAsync(client, isStreaming, weather);

        Assert.Same(weather, Assert.Single(model.Calls[0].Options!.Tools!));
    }

    [Fact]
    public async Task UseAgentObservability_InsideOfATool_WrapsTheToolsOfItsOwnLoop()
    {
        var root = Observe();
        using var innerModel = StubChatClient.Scripted(Asks(Call("i1", "weather", "Rome")), Says("Sunny."));
        using var inner = new StubFunctionLoop(innerModel).UseAgentObservability(root);
        var ask = AIFunctionFactory.Create(() => RunAsync(inner, isStreaming: false, Weather()), "ask").Observed(root);
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "ask")), Says("Sunny."));
        using var outer = new StubFunctionLoop(model.UseAgentObservability(root)) { OpensSpans = true };

        await RunAsync(outer, isStreaming: false, ask);

        var innerChat = Assert.Single(Spans.Spans, span => span.ParentSpanId == Spans.Only("execute_tool ask").SpanId);
        Assert.Equal(["execute_tool weather"], ChildrenOf(innerChat));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Function, WeakReference Wrapper) ObserveAndForget(AgentObservability root)
    {
        var function = Weather();

        return (new WeakReference(function), new WeakReference(function.Observed(root)));
    }
}
