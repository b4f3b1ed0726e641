using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>Raises the built-in events of operations. It observes from the first sink to the last, and makes no event that no sink wants.</summary>
internal sealed class OperationEvents(EventGate gate, EventOptions options, TimeProvider clock) : IOperationObserver
{
    /// <summary>Gets a value indicating whether a sink wants an event per update of a stream.</summary>
    public bool WantsUpdates => options.ChunkEvents && gate.IsWanted(AgentEventTypes.ChunkReceived);

    public void Started(AgentOperation operation)
    {
        if (operation is ModelOperation { ReadsRequestLate: false } model)
        {
            RaiseStart(model);
        }
    }

    public void Completed(AgentOperation operation)
    {
        switch (operation)
        {
            case ModelOperation model:
                CallFacts? facts = null;
                if (model.ReadsRequestLate)
                {
                    RaiseStart(model);
                }

                RaiseEnd(model, ref facts);
                RaiseCost(model, ref facts);
                RaiseSlow(model, ref facts);
                break;
            case ToolOperation tool:
                RaiseTool(tool);
                RaiseLimits(tool);
                break;
            case AgentRunOperation agent:
                RaiseAgent(agent);
                RaiseLimits(agent);
                break;
        }
    }

    public void Violated(PolicyViolation violation)
    {
        if (!gate.IsWanted(AgentEventTypes.PolicyViolation))
        {
            return;
        }

        RaiseBeside(AgentEventTypes.PolicyViolation, OperationFacts.PolicyViolated(violation), violation.Context, violation.Operation?.Activity ?? Activity.Current);
    }

    void IOperationObserver.Noticed(Notice notice)
    {
        if (gate.IsWanted(notice.Type))
        {
            // The facts may name what the application gave, such as a tag.
            RaiseBeside(notice.Type, EventDataCopy.Of(notice.Facts), notice.Context, notice.Operation?.Activity);
        }
    }

    /// <summary>Raises the event of one update of a stream. It has no content: a secret that is cut in two would pass every redaction rule.</summary>
    public void Updated(ChatOperation operation, TimeSpan elapsed)
    {
        if (WantsUpdates)
        {
            var facts = OperationFacts.ChunkReceived(operation, operation.ChunkCount - 1, elapsed);
            Raise(operation, AgentEventTypes.ChunkReceived, facts, operation.StartedAt + elapsed);
        }
    }

    private void RaiseStart(ModelOperation model)
    {
        if (model is not ChatOperation { IsLate: true } && model.Context.TurnId is null && gate.IsWanted(AgentEventTypes.MessageSent))
        {
            var content = model.AllowsEventContent ? OperationContent.MessageSent(model) : null;
            Raise(model, AgentEventTypes.MessageSent, OperationFacts.MessageSent(model), model.StartedAt, content);
        }
    }

    private void RaiseEnd(ModelOperation model, ref CallFacts? facts)
    {
        var isCompleted = model.Outcome == OperationOutcome.Completed;
        var type = isCompleted ? AgentEventTypes.ResponseReceived
            : model.Outcome == OperationOutcome.Refused ? AgentEventTypes.CallRefused
            : AgentEventTypes.CallFailed;
        if (!gate.IsWanted(type))
        {
            return;
        }

        facts ??= new(model);
        var data = isCompleted ? OperationFacts.ResponseReceived(facts) : OperationFacts.CallFailed(facts);
        var content = !model.AllowsEventContent ? null
            : isCompleted ? OperationContent.ResponseReceived(model)
            : OperationContent.CallFailed(model);
        Raise(model, type, data, EndOf(model), content);
    }

    private void RaiseCost(ModelOperation model, ref CallFacts? facts)
    {
        if (model.Cost is not { } cost)
        {
            return;
        }

        if (gate.IsWanted(AgentEventTypes.CostRecorded))
        {
            Raise(model, AgentEventTypes.CostRecorded, OperationFacts.CostRecorded(facts ??= new(model)), EndOf(model));
        }

        if (cost.Total > options.ExpensiveCallThreshold && gate.IsWanted(AgentEventTypes.ExpensiveCall))
        {
            Raise(model, AgentEventTypes.ExpensiveCall, OperationFacts.ExpensiveCall(facts ?? new(model), options.ExpensiveCallThreshold.Value), EndOf(model));
        }
    }

    private void RaiseSlow(ModelOperation model, ref CallFacts? facts)
    {
        if (model.Duration > options.SlowCallThreshold && gate.IsWanted(AgentEventTypes.SlowCall))
        {
            Raise(model, AgentEventTypes.SlowCall, OperationFacts.SlowCall(facts ?? new(model), options.SlowCallThreshold.Value), EndOf(model));
        }
    }

    private void RaiseTool(ToolOperation tool)
    {
        if (gate.IsWanted(AgentEventTypes.ToolCalled))
        {
            var content = tool.AllowsEventContent ? OperationContent.ToolCalled(tool) : null;
            Raise(tool, AgentEventTypes.ToolCalled, OperationFacts.ToolCalled(tool), EndOf(tool), content);
        }
    }

    private void RaiseAgent(AgentRunOperation agent)
    {
        if (gate.IsWanted(AgentEventTypes.AgentCompleted))
        {
            Raise(agent, AgentEventTypes.AgentCompleted, RunFacts.AgentCompleted(agent), EndOf(agent));
        }
    }

    /// <summary>Raises the events of an agent or a tool that took more than calls may.</summary>
    private void RaiseLimits(AgentOperation run)
    {
        if (options.ExpensiveCallThreshold is { } most && run.Totals?.Read().Amount > most && gate.IsWanted(AgentEventTypes.ExpensiveCall))
        {
            Raise(run, AgentEventTypes.ExpensiveCall, RunFacts.Expensive(run, most), EndOf(run));
        }

        if (options.SlowCallThreshold is { } longest && run.Duration > longest && gate.IsWanted(AgentEventTypes.SlowCall))
        {
            Raise(run, AgentEventTypes.SlowCall, RunFacts.Slow(run, longest), EndOf(run));
        }
    }

    /// <summary>Raises an event of what is no operation. Whoever tells of it cannot wait.</summary>
    private void RaiseBeside(string type, EventData data, OperationContext context, Activity? span)
    {
        DeliveryReceipt? receipt = null;
        gate.Pass(new EventDraft(type, data, clock.GetUtcNow()).In(context).On(span), ref receipt);
        receipt?.Forgo();
    }

    private void Raise(AgentOperation operation, string type, EventData data, DateTimeOffset time, string? content = null)
    {
        // Filled in where it stands: a draft is large, and every step that returns one copies it.
        var context = operation.Context;
        var span = (operation.Activity ?? Activity.Current) is { IdFormat: ActivityIdFormat.W3C } activity ? activity : null;
        var draft = new EventDraft(type, data, time)
        {
            Content = content,
            AllowsContent = operation.AllowsEventContent,
            ConversationId = context.ConversationId,
            UserId = context.UserId,
            SessionId = context.SessionId,
            Recorded = context.Recorded,
            TraceId = span?.TraceId.ToHexString(),
            SpanId = span?.SpanId.ToHexString(),
        };
        var receipt = (DeliveryReceipt?)operation.Confirmation;
        gate.Pass(draft, ref receipt);
        operation.Confirmation = receipt;
    }

    private static DateTimeOffset EndOf(AgentOperation operation) => operation.StartedAt + operation.Duration;
}
