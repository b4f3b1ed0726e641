using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>What an application sees of its own objects inside of the loop must not depend on whether somebody listens.</summary>
public sealed class ToolIdentityTests : LibraryTest
{
    public static MatrixTheoryData<CallStyle, Listener> EachWayAndListener => new(
        [CallStyle.Plain, CallStyle.Streamed], [Listener.None, Listener.Costs, Listener.Tracer]);

    [Theory]
    [MemberData(nameof(EachWayAndListener))]
    public async Task FunctionInvoker_InAnAgent_GetsTheCallersFunction(CallStyle style, Listener listener)
    {
        var tool = Weather.Tool;
        List<AIFunction> seen = [];

        await RunAsync(style, listener, new() { Tools = [tool] }, context => seen.Add(context.Function));

        Assert.Same(tool, Assert.Single(seen));
    }

    [Theory]
    [MemberData(nameof(EachWayAndListener))]
    public async Task CurrentContext_InsideOfTheTool_HasTheCallersFunction(CallStyle style, Listener listener)
    {
        List<AIFunction?> seen = [];
        var tool = AIFunctionFactory.Create((string city) => seen.Add(FunctionInvokingChatClient.CurrentContext?.Function), Weather.ToolName);

        await RunAsync(style, listener, new() { Tools = [tool] });

        Assert.Same(tool, Assert.Single(seen));
    }

    [Theory]
    [MemberData(nameof(EachWayAndListener))]
    public async Task Options_InAnAgent_HoldTheCallersTools(CallStyle style, Listener listener)
    {
        var tool = Weather.Tool;
        List<IList<AITool>?> seen = [];

        await RunAsync(style, listener, new() { Tools = [tool] }, context => seen.Add(context.Options?.Tools));

        Assert.Contains(tool, Assert.Single(seen)!);
    }

    [Theory]
    [MemberData(nameof(EachWayAndListener))]
    public async Task Options_OfATypeOfTheApplications_KeepTheirType(CallStyle style, Listener listener)
    {
        List<ChatOptions?> seen = [];

        await RunAsync(style, listener, new TenantOptions { Tools = [Weather.Tool] }, context => seen.Add(context.Options));

        Assert.IsType<TenantOptions>(Assert.Single(seen));
    }

    [Theory]
    [MemberData(nameof(EachWayAndListener))]
    public async Task Model_InAnAgent_GetsTheCallersTools(CallStyle style, Listener listener)
    {
        var tool = Weather.Tool;
        var model = Weather.Scripted();

        await RunAsync(style, listener, new() { Tools = [tool] }, model: model);

        Assert.All(model.Calls, call => Assert.Same(tool, Assert.Single(call.Options!.Tools!)));
    }

    private static async Task RunAsync(
        CallStyle style, Listener listener, ChatOptions options, Action<FunctionInvocationContext>? look = null, IChatClient? model = null)
    {
        using var application = new ObservedApplication(listener);
        using var agent = (model ?? Weather.Scripted()).AsBuilder()
            .UseAgent("weather-assistant", application.Root)
            .UseFunctionInvocation(configure: loop => loop.FunctionInvoker = (context, token) =>
            {
                look?.Invoke(context);
                return context.Function.InvokeAsync(context.Arguments, token);
            })
            .UseAgentObservability(application.Root)
            .Build();

        await AskAsync(agent, style, options);
    }

    /// <summary>Options that an application has extended; it did not think of <c>Clone</c>.</summary>
    private sealed class TenantOptions : ChatOptions;
}
