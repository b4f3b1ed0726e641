using AiObs.Soak.Reckoning;
using Microsoft.Extensions.AI;

namespace AiObs.Soak.Load;

/// <summary>Writes down what the application itself sees of one run.</summary>
internal sealed class RunTally(Journal journal, RunPlan plan)
{
    public static IReadOnlyList<Measure> Measures { get; } =
    [
        Measure.ChatsStarted, Measure.ChatsCompleted, Measure.ChatsFailed, Measure.ChatsCancelled, Measure.ChatsAbandoned,
        Measure.EmbeddingsCompleted, Measure.EmbeddingsFailed, Measure.Refusals, Measure.Agents, Measure.AgentsCancelled, Measure.AgentChats, Measure.Tools,
        Measure.StreamsBegun, Measure.Updates, Measure.Notes, Measure.InputTokens, Measure.OutputTokens,
    ];

    public bool HasRunTools { get; private set; }

    public void Add(Measure measure, decimal amount = 1) => journal.Add(plan.Number, measure, amount);

    /// <summary>Writes down that the model had a tool run.</summary>
    public void AddTool()
    {
        HasRunTools = true;
        Add(Measure.Tools);
    }

    /// <summary>Writes down how a chat ended; one that was refused never started.</summary>
    public void AddChat(Measure outcome)
    {
        Add(outcome);
        if (outcome == Measure.Refusals)
        {
            return;
        }

        Add(Measure.ChatsStarted);
        if (plan.IsAgent)
        {
            Add(Measure.AgentChats);
        }
    }

    /// <summary>Writes down what a model said that a call used.</summary>
    public void AddUsage(UsageDetails? usage)
    {
        Add(Measure.InputTokens, usage?.InputTokenCount ?? 0);
        Add(Measure.OutputTokens, usage?.OutputTokenCount ?? 0);
    }

    /// <summary>Writes down what a stream delivered.</summary>
    public void AddUpdates(int count)
    {
        if (count > 0)
        {
            Add(Measure.StreamsBegun);
            Add(Measure.Updates, count);
        }
    }
}
