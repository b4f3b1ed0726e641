using System.Net.Http.Json;
using AiObs.Soak.Books;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using AiObs.TestSupport;
using FakeModelServer;

namespace AiObs.Soak.Tests.Books;

public sealed class ServerWitnessTests : IAsyncLifetime
{
    private const int Capacity = 4;

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly RunPlans _plans = new(1);
    private Journal _journal = null!;
    private FakeServer _server = null!;
    private ServerWitness _witness = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _journal = new Journal(_directory.File("server.journal"));
        _server = await FakeServer.StartAsync(new FakeServerOptions { Handler = new ScriptedModel(_plans).Reply, RequestCapacity = Capacity }, Token);
        _witness = new ServerWitness(_server, _plans, _journal);
    }

    [Fact]
    public async Task Read_AnsweredRun_WritesDownWhatItWasWorth()
    {
        var plan = FindAnsweredChat();

        await PostAsync(RunText.Prompt(plan.Number));
        _witness.Read();

        var book = new Book("server", ServedCall.Measures, _journal.ReadAll());
        Assert.Equal((1, plan.Usages[0].InputTokens), (book.Of(plan.Number, Measure.ChatsCompleted), book.Of(plan.Number, Measure.InputTokens)));
        Assert.Equal((0, 0), (_witness.MissedCount, _witness.SurpriseCount));
    }

    [Fact]
    public async Task Read_RequestOfNoRun_IsASurprise()
    {
        await PostAsync("Hello");
        _witness.Read();

        Assert.Equal(1, _witness.SurpriseCount);
    }

    [Fact]
    public async Task Read_TooLate_CountsWhatTheServerHasForgotten()
    {
        await PostAsync("first");
        _witness.Read();
        for (var i = 0; i < Capacity + 3; i++)
        {
            await PostAsync("more");
        }

        _witness.Read();

        Assert.Equal(3, _witness.MissedCount);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _journal.Dispose();
        _directory.Dispose();
    }

    private RunPlan FindAnsweredChat() => Enumerable.Range(1, 1_000)
        .Select(number => _plans.Of(number))
        .First(static plan => plan is { Kind: RunKind.Chat, Fate: RunFate.Answered });

    private async Task PostAsync(string text)
    {
        var body = new { model = KnownPrices.Large, max_tokens = 10, messages = new[] { new { role = "user", content = text } } };
        using var response = await _http.PostAsJsonAsync(new Uri(_server.BaseAddress, "v1/messages"), body, Token);
        response.EnsureSuccessStatusCode();
        await Task.WhenAll(_server.Requests.Select(static request => request.Finished));
    }
}
