using System.Diagnostics;
using AiObs.Events.Delivery;
using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>Raises the built-in events of operations. It observes from the first sink to the last, and makes no event that no sink wants.</summary>
internal sealed class OperationEvents(EventGate gate, EventOptions options, TimeProvider clock) : IOperationObserver
{
    /// <summary>Gets a value indicating whether a sink wants an event per update of a stream.</summary>
    public bool WantsChunks => options.ChunkEvents && gate.IsWanted(AgentEventTypes.ChunkReceived);

    public void Started(AgentOperation operation)
    {
        if (operation is ChatOperation chat && gate.IsWanted(AgentEventTypes.MessageSent))
        {
            Raise(
                chat,
                new(AgentEventTypes.MessageSent, OperationFacts.MessageSent(chat), chat.StartedAt)
                {
                    Content = chat.AllowsEventContent ? OperationContent.MessageSent(chat) : null,
                });
        }
    }

    public void Completed(AgentOperation operation)
    {
        switch (operation)
        {
            case ModelOperation model:
                RaiseEnd(model);
                RaiseCost(model);
                RaiseSlow(model);
                break;
            case ToolOperation tool when gate.IsWanted(AgentEventTypes.ToolCalled):
                Raise(
                    tool,
                    new(AgentEventTypes.ToolCalled, OperationFacts.ToolCalled(tool), EndOf(tool))
                    {
                        Content = tool.AllowsEventContent ? OperationContent.ToolCalled(tool) : null,
                    });
                break;
        }
    }

    public void Violated(PolicyViolation violation)
    {
        if (!gate.IsWanted(AgentEventTypes.PolicyViolation))
        {
            return;
        }

        DeliveryReceipt? receipt = null;
        var draft = new EventDraft(AgentEventTypes.PolicyViolation, OperationFacts.PolicyViolated(violation), clock.GetUtcNow());
        gate.Pass(WithContext(draft, violation.Context, violation.Operation?.Activity ?? Activity.Current), ref receipt);

        // Whoever refuses a call cannot wait.
        receipt?.Forgo();
    }

    /// <summary>Raises the event of one update of a stream. It has no content: a secret that is cut in two would pass every redaction rule.</summary>
    public void RaiseChunk(ChatOperation chat, int index, TimeSpan elapsed) =>
        Raise(chat, new(AgentEventTypes.ChunkReceived, OperationFacts.ChunkReceived(chat, index, elapsed), chat.StartedAt + elapsed));

    private void RaiseEnd(ModelOperation model)
    {
        var isCompleted = model.Outcome == OperationOutcome.Completed;
        var type = isCompleted ? AgentEventTypes.ResponseReceived : AgentEventTypes.CallFailed;
        if (!gate.IsWanted(type))
        {
            return;
        }

        var facts = isCompleted ? OperationFacts.ResponseReceived(model) : OperationFacts.CallFailed(model);
        var content = !model.AllowsEventContent ? null
            : isCompleted ? OperationContent.ResponseReceived(model)
            : OperationContent.CallFailed(model);
        Raise(model, new(type, facts, EndOf(model)) { Content = content });
    }

    private void RaiseCost(ModelOperation model)
    {
        if (model.Cost is not { } cost)
        {
            return;
        }

        if (gate.IsWanted(AgentEventTypes.CostRecorded))
        {
            Raise(model, new(AgentEventTypes.CostRecorded, OperationFacts.CostRecorded(model, cost), EndOf(model)));
        }

        if (cost.Total > options.ExpensiveCallThreshold && gate.IsWanted(AgentEventTypes.ExpensiveCall))
        {
            var facts = OperationFacts.ExpensiveCall(model, cost, options.ExpensiveCallThreshold.Value);
            Raise(model, new(AgentEventTypes.ExpensiveCall, facts, EndOf(model)));
        }
    }

    private void RaiseSlow(ModelOperation model)
    {
        if (model.Duration > options.SlowCallThreshold && gate.IsWanted(AgentEventTypes.SlowCall))
        {
            Raise(model, new(AgentEventTypes.SlowCall, OperationFacts.SlowCall(model, options.SlowCallThreshold.Value), EndOf(model)));
        }
    }

    private void Raise(AgentOperation operation, in EventDraft draft)
    {
        var receipt = operation.Delivery;
        gate.Pass(
            WithContext(draft with { AllowsContent = operation.AllowsEventContent }, operation.Context, operation.Activity ?? Activity.Current),
            ref receipt);
        operation.Delivery = receipt;
    }

    private static EventDraft WithContext(in EventDraft draft, OperationContext context, Activity? activity) =>
        draft.In(context).On(activity);

    private static DateTimeOffset EndOf(AgentOperation operation) => operation.StartedAt + operation.Duration;
}
