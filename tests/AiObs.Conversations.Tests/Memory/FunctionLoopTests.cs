using System.ClientModel;
using System.ClientModel.Primitives;
using AiObs.Memory;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>The real function loop of Microsoft.Extensions.AI over the real OpenAI SDK, against a server that refuses broken tool calls as providers do.</summary>
public sealed class FunctionLoopTests
{
    private const int Rounds = 3;
    private const int Turns = 5;

    private static readonly AIFunction Weather = AIFunctionFactory.Create(static () => "sunny, with a wind from the west of 12 km/h and a chance of rain of 20 %", "get_weather");

    public static TheoryData<string, bool, bool> Cases => new(
        from strategy in new[] { "window", "budget", "summary", "results", "counting", "summarizing", "list" }
        from isInside in new[] { true, false }
        from isStreamed in new[] { true, false }
        select (strategy, isInside, isStreamed));

    [Theory(Timeout = HangGuard.Milliseconds)]
    [MemberData(nameof(Cases))]
    public async Task Loop_WithAReducer_SendsOnlyWholePairsAndEndsEachTurn(string strategy, bool isInside, bool isStreamed)
    {
        await using var server = await StartAsync();
        var results = new List<MemoryResult>();
        var reducer = StrategyOf(strategy).AsChatReducer(onReduced: results.Add);
        using var client = Clients(server, reducer, isInside);
        List<ChatMessage> history = [Said.System("You tell the weather.")];
        for (var turn = 0; turn < Turns; turn++)
        {
            history.Add(Said.User($"Question {turn}"));
            var response = await AskAsync(client, history, isStreamed);
            Assert.Equal($"Answer to Question {turn}", response.Text);
            history.AddRange(response.Messages);
        }

        // A turn is three calls and an answer: a loop that loses what the model had asked for asks for it again and again.
        Assert.Equal(Turns * (Rounds + 1), server.Requests.Count);
        Assert.All(server.Requests, static request => Assert.Contains("You tell the weather.", request.Body, StringComparison.Ordinal));
        Assert.Equal(isInside ? Turns * (Rounds + 1) : Turns, results.Count);
        Assert.True(results[^1].HasChanged);
        Assert.Empty(results.SelectMany(static result => result.Failures));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Loop_WithApprovals_RunsTheToolOnceAndShowsNoPartOfAPair(bool isInside)
    {
        await using var server = await StartAsync();
        var runs = 0;
        var pay = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => $"paid {++runs}", "get_weather"));
        using var client = Clients(server, new WindowMemory(1).AsChatReducer(), isInside, pay);
        List<ChatMessage> history = [];
        for (var turn = 0; turn < Turns; turn++)
        {
            history.Add(Said.User($"Question {turn}"));
            var response = await AskAsync(client, history, isStreamed: false);
            while (response.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>().ToList() is { Count: > 0 } requests)
            {
                Assert.InRange(server.Requests.Count, 1, Turns * (Rounds + 1));
                history.AddRange(response.Messages);
                history.Add(new(ChatRole.User, [.. requests.Select(static request => request.CreateResponse(approved: true))]));
                response = await AskAsync(client, history, isStreamed: false);
            }

            Assert.Equal($"Answer to Question {turn}", response.Text);
            history.AddRange(response.Messages);
        }

        Assert.Equal((Turns * Rounds, Turns * (Rounds + 1)), (runs, server.Requests.Count));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Loop_WithConcurrentInvocation_KeepsCallsAndResultsTogether()
    {
        await using var server = await FakeServer.StartAsync(new() { RefuseBrokenToolCalls = true }, TestContext.Current.CancellationToken);
        server.Handler = static request => request.NewToolResults.Count > 0
            ? ModelReply.Say($"Answer to {request.LastUserText}")
            : new ModelReply { ToolCalls = [.. Enumerable.Range(0, 4).Select(static _ => new ModelToolCall { Name = "get_weather" })] };
        using var client = Clients(server, new WindowMemory(1).AsChatReducer(), isInside: true, configure: static loop => loop.AllowConcurrentInvocation = true);
        List<ChatMessage> history = [];
        for (var turn = 0; turn < Turns; turn++)
        {
            history.Add(Said.User($"Question {turn}"));
            history.AddRange((await AskAsync(client, history, isStreamed: true)).Messages);
        }

        Assert.Equal(($"Answer to Question {Turns - 1}", 2 * Turns), (history[^1].Text, server.Requests.Count));
    }

    private static IMemoryStrategy[] StrategyOf(string name) => name switch
    {
        "window" => [new WindowMemory(2)],
        "budget" => [new TokenBudgetMemory(300)],
        "summary" => [new SummaryMemory(StubChatClient.Answering(new(Said.Assistant("It was about the weather.")))) { KeepLast = 1, SummarizeEvery = 3 }],
        "results" => [new ToolResultMemory(keepLastTurns: 0, maxTokens: 10)],
        "counting" => [new ReducerMemory(new MessageCountingChatReducer(2))],
        "summarizing" => [new ReducerMemory(new SummarizingChatReducer(StubChatClient.Answering(new(Said.Assistant("It was about the weather."))), 2, 1))],
        _ => [new ToolResultMemory(1, 10), new SummaryMemory(StubChatClient.Answering(new(Said.Assistant("Weather.")))) { KeepLast = 2, SummarizeEvery = 4 }, new WindowMemory(6), new TokenBudgetMemory(400)],
    };

    private static async Task<FakeServer> StartAsync()
    {
        var server = await FakeServer.StartAsync(new() { RefuseBrokenToolCalls = true }, TestContext.Current.CancellationToken);

        // The model asks for the weather three times in each turn, then answers the question that it sees. The loop sends approvals as empty messages of the user.
        server.Handler = static request => request.Messages.Reverse().TakeWhile(static message => message is not { Role: "user", Text.Length: > 0 }).Sum(static message => message.ToolResults.Count) < Rounds
            ? ModelReply.Call("get_weather")
            : ModelReply.Say("Answer to ", request.LastUserText);
        return server;
    }

    private static IChatClient Clients(
        FakeServer server, IChatReducer reducer, bool isInside, AIFunction? tool = null, Action<FunctionInvokingChatClient>? configure = null)
    {
        var model = new OpenAI.Chat.ChatClient(
            "gpt-4o", new ApiKeyCredential("test-key"), new OpenAIClientOptions { Endpoint = server.OpenAIBaseAddress, RetryPolicy = new ClientRetryPolicy(0) });
        var builder = model.AsIChatClient().AsBuilder().ConfigureOptions(options => options.Tools = [tool ?? Weather]);
        return isInside
            ? builder.UseFunctionInvocation(configure: configure).UseChatReducer(reducer).Build()
            : builder.UseChatReducer(reducer).UseFunctionInvocation(configure: configure).Build();
    }

    private static async Task<ChatResponse> AskAsync(IChatClient client, List<ChatMessage> history, bool isStreamed)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        return isStreamed
            ? await client.GetStreamingResponseAsync(history, cancellationToken: cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(history, cancellationToken: cancellationToken);
    }
}
