using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using WeatherAgent.Assistant;

namespace WeatherAgent.Tests.Assistant;

public sealed class ToolLoopTests
{
    private static readonly ChatResponseUpdate[] TwoCalls = [new(ChatRole.Assistant, [Call("c1", "echo", "a"), Call("c2", "echo", "b")])];

    private static readonly ChatOptions Options = new()
    {
        Tools =
        [
            AIFunctionFactory.Create((string text) => $"echo {text}", "echo"),
            AIFunctionFactory.Create((string text) => text == "x" ? throw new InvalidOperationException("It is broken.") : text, "break"),
        ],
    };

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStreamingResponseAsync_TwoToolCalls_RunsBothThenStreamsTheAnswer()
    {
        var stub = Script(TwoCalls, [new(ChatRole.Assistant, "Done "), new(ChatRole.Assistant, "it.")]);
        using var loop = new ToolLoop(stub);

        var updates = await loop.GetStreamingResponseAsync("Go.", Options, TestToken).ToListAsync(TestToken);

        Assert.Equal(["assistant ", "tool ", "assistant Done ", "assistant it."], updates.Select(update => $"{update.Role} {update.Text}"));
        Assert.Equal(["c1 echo a", "c2 echo b"], updates[1].Contents.Cast<FunctionResultContent>().Select(result => $"{result.CallId} {result.Result}"));
        Assert.Equal(["user", "assistant", "tool"], stub.Calls[1].Messages.Select(message => message.Role.Value));
        Assert.Same(Options, stub.Calls[1].Options);
    }

    [Fact]
    public async Task GetResponseAsync_TwoToolCalls_HasAllMessagesAndTheSumOfUsage()
    {
        var rounds = new Queue<ChatResponse>(
        [
            new ChatResponse(new ChatMessage(ChatRole.Assistant, TwoCalls[0].Contents)) { Usage = new() { InputTokenCount = 3 } },
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")) { Usage = new() { InputTokenCount = 4 } },
        ]);
        using var loop = new ToolLoop(new StubChatClient { OnResponse = _ => Task.FromResult(rounds.Dequeue()) });

        var response = await loop.GetResponseAsync("Go.", Options, TestToken);

        Assert.Equal(["assistant", "tool", "assistant"], response.Messages.Select(message => message.Role.Value));
        Assert.Equal(7, response.Usage?.InputTokenCount);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task GetStreamingResponseAsync_TwoToolCalls_RunSideBySide()
    {
        var bothRun = new TaskCompletionSource();
        var running = 0;
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(MeetAsync, "echo")] };
        using var loop = new ToolLoop(Script(TwoCalls, [new(ChatRole.Assistant, "Done.")]));

        await loop.GetStreamingResponseAsync("Go.", options, TestToken).ToListAsync(TestToken);

        Assert.Equal(2, running);

        Task MeetAsync(string text)
        {
            if (++running == 2)
            {
                bothRun.SetResult();
            }

            return bothRun.Task;
        }
    }

    [Theory]
    [InlineData("missing", "Error: there is no tool 'missing'.")]
    [InlineData("break", "Error: It is broken.")]
    public async Task GetStreamingResponseAsync_ToolCannotRun_TellsTheModel(string tool, string expected)
    {
        var stub = Script([new(ChatRole.Assistant, [Call("c1", tool, "x")])], [new(ChatRole.Assistant, "Sorry.")]);
        using var loop = new ToolLoop(stub);

        await loop.GetStreamingResponseAsync("Go.", Options, TestToken).ToListAsync(TestToken);

        var result = Assert.IsType<FunctionResultContent>(Assert.Single(stub.Calls[1].Messages.Last().Contents));
        Assert.Equal(("c1", expected), (result.CallId, result.Result));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CancelledInATool_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(Cancel, "cancel")] };
        using var loop = new ToolLoop(StubChatClient.Streaming(new ChatResponseUpdate(ChatRole.Assistant, [Call("c1", "cancel", "x")])));

        var run = loop.GetStreamingResponseAsync("Go.", options, cancellation.Token).ToListAsync(TestToken).AsTask();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        async Task Cancel(CancellationToken cancellationToken)
        {
            await cancellation.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ModelNeverAnswers_GivesUp()
    {
        var stub = StubChatClient.Streaming(TwoCalls);
        using var loop = new ToolLoop(stub);

        var run = loop.GetStreamingResponseAsync("Go.", Options, TestToken).ToListAsync(TestToken).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        Assert.Equal(10, stub.Calls.Count);
    }

    private static FunctionCallContent Call(string id, string tool, string text) =>
        new(id, tool, new Dictionary<string, object?> { ["text"] = text });

    private static StubChatClient Script(params ChatResponseUpdate[][] rounds)
    {
        var queue = new Queue<ChatResponseUpdate[]>(rounds);

        return new StubChatClient { OnStream = _ => new StubUpdates(queue.Dequeue()) };
    }
}
