using AiObs.Events;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>What is not recorded is nowhere in the bytes of a database.</summary>
public sealed class CanaryTests : IAsyncDisposable
{
    private const string Prompt = "CANARYPROMPT";
    private const string Answer = "CANARYANSWER";

    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task File_ContentOff_HasNoneOfWhatWasSaid()
    {
        var types = await TalkAsync(ContentCapture.None, static _ => { });

        Assert.Contains(AgentEventTypes.MessageSent, types);
        Assert.Empty(Found());
    }

    [Fact]
    public async Task File_ContentOnWithARedactor_HasNoneOfWhatItTakesAway()
    {
        await TalkAsync(ContentCapture.Events, static options => options.Redact =
            static item => item with { Content = item.Content?.Replace("CANARY", "*", StringComparison.Ordinal) });

        Assert.Empty(Found());
        Assert.Contains("*PROMPT", (await Logged()).First(static item => item.Content is not null).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ContentOnWithARedactorThatThrows_HasNoneOfWhatWasSaid()
    {
        var types = await TalkAsync(ContentCapture.Events, static options => options.Redact = static _ => throw new InvalidOperationException(Prompt));

        Assert.Contains(AgentEventTypes.MessageSent, types);
        Assert.Empty(Found());
    }

    [Fact]
    public async Task File_ContentOn_HasIt()
    {
        await TalkAsync(ContentCapture.Events, static _ => { });

        Assert.Equal([Prompt, Answer], Found());
    }

    /// <summary>Has a call observed and logged; returns the types of the events.</summary>
    private async Task<string[]> TalkAsync(ContentCapture capture, Action<EventOptions> configure)
    {
        await using (var observability = AgentObservability.Create(builder => builder
            .Configure(options => options.CaptureContent = capture)
            .ConfigureEvents(configure)
            .ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit)
            .AddStore(s => s.UseSqlite(_database.ConnectionString))))
        {
            using var client = StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)))
                .UseAgentObservability(observability);
            await client.GetResponseAsync([new ChatMessage(ChatRole.User, Prompt)], cancellationToken: Stop);

            // While the process runs, most of it stands in the write-ahead log.
            await observability.Events.FlushAsync(Stop);
            Assert.True(capture != ContentCapture.None || Found().Count == 0);
        }

        return [.. (await Logged()).Select(static item => item.Type)];
    }

    private async Task<List<AgentEvent>> Logged() =>
        await _database.OpenLog().ReadAsync(EventQuery.All, Stop).Select(static logged => logged.Event).ToListAsync(Stop);

    private List<string> Found() => [.. new[] { Prompt, Answer }.Where(canary => _database.ReadFiles().Any(
        bytes => bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(canary)) >= 0))];
}
