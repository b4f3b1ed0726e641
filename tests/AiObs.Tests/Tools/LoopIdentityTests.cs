using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>With and without a listener, whoever looks sees the caller's own objects.</summary>
public sealed class LoopIdentityTests : AgentTest
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_FunctionInvokerLooks_SeesTheCallersFunctionAndOptions(bool isAgent, bool isStreaming)
    {
        var root = Observe();
        var weather = Weather();
        var options = new TenantOptions { Tools = [weather] };
        FunctionInvocationContext? seen = null;
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        var loop = Loop(model.UseAgentObservability(root));
        loop.FunctionInvoker = (context, token) =>
        {
            seen = context;

            return context.Function.InvokeAsync(context.Arguments, token);
        };
        using var client = isAgent ? loop.UseAgent("helper", root) : loop;

        await AskAsync(client, options, isStreaming);

        Assert.Same(weather, seen!.Function);
        Assert.Same(options, seen.Options);
        Assert.Same(weather, Assert.Single(seen.Options!.Tools!));
        Assert.Same(options, model.Calls[0].Options);
        Assert.Single(Spans.Spans, static span => span.DisplayName == "execute_tool weather");
    }

    [Fact]
    public async Task Run_FunctionLooks_CurrentContextHoldsItself()
    {
        AIFunction? self = null;
        AIFunction? seen = null;
        self = AIFunctionFactory.Create(() => { seen = FunctionInvokingChatClient.CurrentContext!.Function; }, "look");
        using var model = StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "look")), Says("Seen."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, self);

        Assert.Same(self, seen);
    }

    [Fact]
    public async Task Run_ToolOfTheLoopItself_LeavesOneWholeSpanToo()
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        var loop = Loop(model.UseAgentObservability(root));
        loop.AdditionalTools = [Weather()];
        using var agent = loop.UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false);

        Assert.Equal("Sunny in Rome", Spans.Only("execute_tool weather").GetTagItem("output.value"));
    }

    private static async Task AskAsync(IChatClient client, ChatOptions options, bool isStreaming)
    {
        if (isStreaming)
        {
            await client.GetStreamingResponseAsync("How is Rome?", options, Token).ToChatResponseAsync(Token);
        }
        else
        {
            await client.GetResponseAsync("How is Rome?", options, Token);
        }
    }

    /// <summary>Options of somebody who did not think of cloning.</summary>
    private sealed class TenantOptions : ChatOptions;
}
