using System.Diagnostics;
using AiObs.Conversations;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Conversations;

/// <summary>What a turn takes besides the model, in turn with the two commits of the same rows and the call alone: in memory, without strategies.</summary>
internal static class TurnCost
{
    private const double MostRatio = 12;
    private const int Rounds = 9;
    private const int TurnsPerRound = 2_000;
    private const string Question = "Where is my order?";

    public static async Task<bool> CompareAsync(TextWriter output)
    {
        var store = new InMemoryConversationStore();
        var services = new ServiceCollection();
        services.AddSingleton<IConversationStore>(store);
        services.AddAgentObservability().AddConversations();
        await using var provider = services.BuildServiceProvider();
        var conversations = provider.GetRequiredService<AgentConversations>();
        using var client = new FixedAnswer();
        var options = new TurnOptions { Client = client };
        var (ratios, whole) = (new double[Rounds], new double[Rounds]);
        for (var round = -2; round < Rounds; round++)
        {
            var bare = await MeasureAsync(id => CommitAsync(store, client, id));
            var turn = await MeasureAsync(id => conversations.ConverseAsync(id, Question, options));
            if (round >= 0)
            {
                (ratios[round], whole[round]) = (turn / bare, turn);
            }
        }

        var ratio = ratios.Order().ElementAt(Rounds / 2);
        await output.WriteLineAsync($"turn without model: {whole.Order().ElementAt(Rounds / 2) * 1e6 / TurnsPerRound:F1} µs, x {ratio:F2} of two bare commits and the call, at most {MostRatio:F2}");
        return ratio <= MostRatio;
    }

    private static async Task<double> MeasureAsync(Func<string, Task> run)
    {
        var prefix = Guid.NewGuid().ToString("N");
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < TurnsPerRound; turn++)
        {
            await run($"{prefix}-{turn}");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task CommitAsync(InMemoryConversationStore store, FixedAnswer client, string id)
    {
        var at = DateTimeOffset.UnixEpoch;
        var question = new ChatMessage(ChatRole.User, Question);
        await store.CommitAsync(new()
        {
            ConversationId = id,
            At = at,
            Create = new() { Id = id },
            Messages = [new() { Id = "q", Role = ChatRole.User, Content = MessageContent.Of(question) }],
            Turn = new() { Id = "t", StartedAt = at },
        });
        var response = await client.GetResponseAsync([question]);
        await store.CommitAsync(new()
        {
            ConversationId = id,
            At = at,
            Messages = [new() { Id = "a", Role = ChatRole.Assistant, Content = MessageContent.Of(response.Messages[0]) }],
            Turn = new() { Id = "t", StartedAt = at, State = TurnState.Completed },
        });
    }

    private sealed class FixedAnswer : IChatClient
    {
        private readonly Task<ChatResponse> _answer = Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "It left our house this morning.")) { ResponseId = "r", FinishReason = ChatFinishReason.Stop });

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _answer;

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
