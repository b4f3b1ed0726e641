using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests;

/// <summary>What an agent with a tool leaves in the stores of a host, so that each page has something to show.</summary>
internal sealed record Seed
{
    private const string Failed = "CANARYerror";

    /// <summary>What goes into models and tools: texts that stand there and nowhere else.</summary>
    public static IReadOnlyList<string> Inputs { get; } = ["CANARYquestion", "CANARYinstructions"];

    /// <summary>What comes out of them.</summary>
    public static IReadOnlyList<string> Outputs { get; } = ["CANARYreasoning", "CANARYanswer"];

    /// <summary>What tools are called with and answer, which models are told again.</summary>
    public static IReadOnlyList<string> ToolTexts { get; } = ["CANARYcity", "CANARYweather"];

    /// <summary>What a conversation that is kept says, which the options of telemetry do not matter to.</summary>
    public static IReadOnlyList<string> KeptTexts { get; } = ["CANARYtitle", "CANARYkept"];

    public static IReadOnlyList<string> Contents { get; } = [.. Inputs, .. Outputs, .. ToolTexts];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public required string TraceId { get; init; }

    /// <summary>Gets the id of the trace that failed.</summary>
    public required string OtherTraceId { get; init; }

    /// <summary>Gets the id of the first model call.</summary>
    public required string SpanId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Gets the id of the conversation that is kept.</summary>
    public string KeptId { get; init; } = "conversation-1";

    /// <summary>Gets the ids of all spans of the trace.</summary>
    public required IReadOnlyList<string> SpanIds { get; init; }

    /// <summary>Adds to a root what pages can show: costs, a budget, a log of events; with content, unless it is told otherwise.</summary>
    public static void Observe(AgentObservabilityBuilder root, Action<AgentObservabilityOptions>? configure = null)
    {
        root.Configure(options =>
        {
            options.CaptureContent = ContentCapture.All;
            configure?.Invoke(options);
        });
        root.AddCostTracking(static options =>
        {
            options.Pricing.LocalCalls = LocalCallPricing.LikeProvider;
            options.Budgets.Add(new Budget { Name = "visitors", Scope = BudgetScope.User, Window = BudgetWindow.CalendarDay, Limit = 1m });
        });
        root.AddStore(static store => store.UseInMemory());
        root.Services.AddSingleton<IConversationStore>(static _ => new InMemoryConversationStore());
    }

    /// <summary>Starts a host in which an agent has answered a question with the help of a tool, and another has failed.</summary>
    public static async Task<(DashboardHost Host, Seed Seed)> StartAsync(
        Action<DashboardOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? use = null,
        Action<RouteGroupBuilder>? map = null,
        Action<AgentObservabilityOptions>? configure = null,
        Func<WebApplication, RouteGroupBuilder>? mount = null)
    {
        var host = await DashboardHost.StartAsync(root => Observe(root, configure), options, services, use, map, mount);
        try
        {
            var seed = await FillAsync(host.Observability, host.Traces);
            await KeptConversations.FillAsync(host.Services.GetRequiredService<IConversationStore>(), seed.KeptId, "CANARYtitle", "CANARYkept", "shop");
            return (host, seed);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the agents.</summary>
    public static async Task<Seed> FillAsync(AgentObservability observability, ITraceStore traces)
    {
        using (AgentContext.Begin(userId: "ada", sessionId: "session-1", conversationId: "conversation-1", tags: ["weather"]))
        {
            var weather = AIFunctionFactory.Create(static (string city) => $"CANARYweather in {city}", "get_weather", "Looks the weather up.");
            using var agent = Build(
                observability,
                StubChatClient.Scripted(
                    Answer(new FunctionCallContent("call-1", "get_weather", new Dictionary<string, object?> { ["city"] = "CANARYcity" })),
                    Answer(new TextReasoningContent("CANARYreasoning"), new TextContent("CANARYanswer"))));
            await agent.GetResponseAsync("CANARYquestion", new ChatOptions { Instructions = "CANARYinstructions", Tools = [weather] }, Token);
            using var failing = Build(observability, StubChatClient.Throwing(new InvalidOperationException(Failed)));
            await Assert.ThrowsAsync<InvalidOperationException>(() => failing.GetResponseAsync("CANARYquestion", cancellationToken: Token));
        }

        await observability.FlushTracesAsync(Token);
        await observability.Events.FlushAsync(Token);
        await observability.Costs!.FlushAsync(Token);
        return await FindAsync(traces);
    }

    private static IChatClient Build(AgentObservability observability, StubChatClient model) =>
        model.AsBuilder().UseAgent("weather", observability).UseFunctionInvocation().UseAgentObservability(observability).Build();

    private static ChatResponse Answer(params AIContent[] contents) => new(new ChatMessage(ChatRole.Assistant, contents))
    {
        ModelId = "gpt-5-mini",
        Usage = new() { InputTokenCount = 1_200, OutputTokenCount = 40 },
        FinishReason = contents[0] is FunctionCallContent ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
    };

    private static async Task<Seed> FindAsync(ITraceStore traces)
    {
        var all = await traces.ListAsync(TraceQuery.All, Token);
        var trace = Assert.Single(all.Traces, static trace => trace.ToolCount == 1);
        var spans = (await traces.ListSpansAsync(new() { TraceId = trace.TraceId }, Token)).Spans;
        return new()
        {
            TraceId = trace.TraceId,
            OtherTraceId = all.Traces.First(other => other.TraceId != trace.TraceId).TraceId,
            SpanId = spans.First(static span => span.Kind == Operations.OperationKind.Chat).SpanId,
            ConversationId = trace.ConversationId!,
            SpanIds = [.. spans.Select(static span => span.SpanId)],
        };
    }
}
