using AiObs.Cost.Budgets;
using AiObs.Soak.Reckoning;
using Microsoft.Extensions.AI;

namespace AiObs.Soak.Load;

/// <summary>Runs plans as an application would, and tallies what it sees of them.</summary>
internal sealed class RunExecution(ModelClients clients, ScriptedModel model, AgentObservability observability, Journal journal)
{
    public const string NoteType = "note_taken";

    private const string Agent = "harbour-watch";
    private const string Session = "soak";

    public async Task RunAsync(RunPlan plan)
    {
        var tally = new RunTally(journal, plan);
        using var context = AgentContext.Begin(RunText.Conversation(plan.Number), plan.UserId, Session, tags: ["soak"]);
        using var stop = new CancellationTokenSource();

        try
        {
            await (plan.Kind == RunKind.Embedding ? EmbedAsync(plan, tally) : ChatAsync(plan, tally, stop));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && IsExpected(plan, exception))
        {
            // The tally has it.
        }

        model.Forget(plan.Number);
        if (plan.TakesNote)
        {
            tally.Add(Measure.Notes);
            await observability.Events.TrackAsync(NoteType, [new("pieces", plan.Pieces)], RunText.Piece(plan.Number, 0));
        }
    }

    /// <summary>Tells whether the run may end so; anything else ends the soak.</summary>
    private static bool IsExpected(RunPlan plan, Exception exception) =>
        exception is BudgetExceededException
        || (plan.Fate == RunFate.Cancelled ? exception is OperationCanceledException : plan.Fate != RunFate.Answered);

    private async Task EmbedAsync(RunPlan plan, RunTally tally)
    {
        var outcome = Measure.EmbeddingsFailed;
        try
        {
            var embeddings = await clients.Embeddings.GenerateAsync([RunText.Prompt(plan.Number), RunText.Piece(plan.Number, 0)]);
            tally.AddUsage(embeddings.Usage);
            outcome = Measure.EmbeddingsCompleted;
        }
        finally
        {
            tally.Add(outcome);
        }
    }

    private async Task ChatAsync(RunPlan plan, RunTally tally, CancellationTokenSource stop)
    {
        IChatClient client = new TallyingChatClient(clients.Chat(plan.Model), tally);
        if (plan.IsAgent)
        {
            tally.Add(Measure.Agents);
            client = new FunctionInvokingChatClient(client) { AllowConcurrentInvocation = plan.Number % 2 == 0 }.UseAgent(Agent, observability);
        }

        var options = new ChatOptions { MaxOutputTokens = 1_000, Tools = plan.IsAgent ? [CreateTool(tally)] : null };
        try
        {
            await (plan.IsStreaming ? StreamAsync(client, plan, options, stop) : AskAsync(client, plan, options, stop));
        }
        catch (OperationCanceledException) when (tally.HasRunTools)
        {
            tally.Add(Measure.AgentsCancelled);
            throw;
        }
    }

    private async Task AskAsync(IChatClient client, RunPlan plan, ChatOptions options, CancellationTokenSource stop)
    {
        var answer = client.GetResponseAsync(RunText.Prompt(plan.Number), options, stop.Token);
        if (plan.Fate == RunFate.Cancelled)
        {
            await Task.WhenAny(answer, model.ArrivalOf(plan.Number));
            await stop.CancelAsync();
        }

        await answer;
    }

    private static async Task StreamAsync(IChatClient client, RunPlan plan, ChatOptions options, CancellationTokenSource stop)
    {
        var texts = 0;
        await foreach (var update in client.GetStreamingResponseAsync(RunText.Prompt(plan.Number), options, stop.Token))
        {
            texts += update.Text.Length > 0 ? 1 : 0;
            if (texts < plan.PiecesBeforeFate)
            {
                continue;
            }

            if (plan.Fate == RunFate.Abandoned)
            {
                return;
            }

            if (plan.Fate == RunFate.Cancelled)
            {
                await stop.CancelAsync();
            }
        }
    }

    private static AIFunction CreateTool(RunTally tally) => AIFunctionFactory.Create(
        async (int pier) =>
        {
            tally.AddTool();
            await Task.Yield();

            return $"Pier {pier} is quiet.";
        },
        ScriptedModel.Tool,
        "Looks at a pier of the harbour.");
}
