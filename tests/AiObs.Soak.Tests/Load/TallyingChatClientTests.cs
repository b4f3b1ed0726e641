using AiObs.Cost.Budgets;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Soak.Tests.Load;

public sealed class TallyingChatClientTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Journal _journal;

    public TallyingChatClientTests() => _journal = new Journal(_directory.File("client.journal"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Exception?, string> Ends => new()
    {
        { null, nameof(Measure.ChatsCompleted) },
        { new IOException(), nameof(Measure.ChatsFailed) },
        { new TaskCanceledException(), nameof(Measure.ChatsCancelled) },
        { new BudgetExceededException(), nameof(Measure.Refusals) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task GetResponseAsync_Ends_AreTallied(Exception? exception, string measure)
    {
        var client = Create(exception is null ? new StubChatClient() : StubChatClient.Throwing(exception));

        await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        AssertOnly(Enum.Parse<Measure>(measure));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task GetStreamingResponseAsync_Ends_AreTallied(Exception? exception, string measure)
    {
        var client = Create(exception is null ? new StubChatClient() : StubChatClient.Throwing(exception));

        await Record.ExceptionAsync(() => client.GetStreamingResponseAsync("Hi", cancellationToken: Token).ToChatResponseAsync(Token));

        AssertOnly(Enum.Parse<Measure>(measure));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_LeftEarly_IsAbandonedWithTheUpdatesThatCame()
    {
        var client = Create(new StubChatClient());

        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            break;
        }

        AssertOnly(Measure.ChatsAbandoned);
        Assert.Equal(1, Book().Total(Measure.Updates));
    }

    [Fact]
    public async Task GetResponseAsync_Usage_IsTallied()
    {
        var usage = new UsageDetails { InputTokenCount = 30, OutputTokenCount = 4 };
        var client = Create(StubChatClient.Answering(new ChatResponse { Usage = usage }));

        await client.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Equal((30, 4), (Book().Total(Measure.InputTokens), Book().Total(Measure.OutputTokens)));
    }

    public void Dispose()
    {
        _journal.Dispose();
        _directory.Dispose();
    }

    private TallyingChatClient Create(IChatClient inner) => new(inner, new RunTally(_journal, Plans.Create(RunKind.Chat, RunFate.Answered)));

    private Book Book() => new("client", RunTally.Measures, _journal.ReadAll());

    private void AssertOnly(Measure measure)
    {
        Measure[] ends = [Measure.ChatsCompleted, Measure.ChatsFailed, Measure.ChatsCancelled, Measure.ChatsAbandoned, Measure.Refusals];
        var book = Book();

        Assert.Equal([measure], ends.Where(end => book.Total(end) > 0));
        Assert.Equal(measure == Measure.Refusals ? 0 : 1, book.Total(Measure.ChatsStarted));
    }
}
