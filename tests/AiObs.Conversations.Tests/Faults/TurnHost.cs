using AiObs.Conversations.Tests.Databases;
using AiObs.Conversations.Tests.Turns;
using AiObs.Cost;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Faults;

/// <summary>Is an application with conversations, an event log and costs in a database, and a model that answers each question with itself and an exclamation mark.</summary>
internal sealed class TurnHost : IAsyncDisposable
{
    public const string Id = "c";

    private readonly ServiceProvider _services;
    private readonly IChatClient _client;

    public TurnHost(string[] store, Func<TurnStep, Task>? reach = null)
    {
        reach ??= static _ => Task.CompletedTask;
        var services = new ServiceCollection();
        var builder = services.AddAgentObservability().AddCostTracking().AddConversations(static options => options.TurnLease = TimeSpan.FromSeconds(1));
        TestStore.Add(builder, store[0], store[1]);
        var kept = services.Last(static service => service.ServiceType == typeof(IConversationStore));
        services.AddSingleton<IConversationStore>(provider => new SteppingStore((IConversationStore)(kept.ImplementationInstance ?? kept.ImplementationFactory!(provider)), reach));
        _services = services.BuildServiceProvider();
        Model = new()
        {
            OnResponse = async call =>
            {
                await reach(TurnStep.InTheCall);
                return TurnScene.UpdatesOf($"{call.Messages.Last().Text}!").Select(update => Numbered(update)).ToChatResponse();
            },
            OnStream = call => new StubUpdates([.. TurnScene.UpdatesOf($"{call.Messages.Last().Text}!").Select(update => Numbered(update))])
            {
                OnMoveNext = async (move, _) => await (move == 1 ? reach(TurnStep.InTheCall) : Task.CompletedTask),
            },
        };
        _client = Model.AsBuilder().UseAgentObservability(Root).UseCostTracking().Build(_services);
    }

    public StubChatClient Model { get; }

    public AgentObservability Root => _services.GetRequiredService<AgentObservability>();

    public AgentConversations Conversations => _services.GetRequiredService<AgentConversations>();

    public IEventLog Log => _services.GetRequiredService<IEventLog>();

    public ICostStore Costs => _services.GetRequiredService<ICostStore>();

    /// <summary>Does a turn; where another process has begun it, once that one's lease is over.</summary>
    public async Task<TurnResult> AskAsync(int number, bool isStreaming, CancellationToken cancellationToken)
    {
        var request = new TurnRequest
        {
            ConversationId = Id,
            TurnId = TurnOf(number),
            Messages = [new(ChatRole.User, QuestionOf(number))],
            Options = new() { Client = _client, Concurrency = TurnConcurrency.Wait },
        };
        if (!isStreaming)
        {
            return await Conversations.ConverseAsync(request, cancellationToken);
        }

        var stream = Conversations.ConverseStreamingAsync(request, cancellationToken);
        await foreach (var update in stream)
        {
        }

        return await stream.Result;
    }

    public static string TurnOf(int number) => $"t-{number}";

    public static string QuestionOf(int number) => $"Question {number}";

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Each answer of a provider has an id of its own, by which it is priced once.</summary>
    private ChatResponseUpdate Numbered(ChatResponseUpdate update)
    {
        update.ResponseId = $"{Environment.ProcessId}-{Model.Calls.Count}";
        return update;
    }
}
