using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>What the built-in events say of operations: names, counts and amounts, never what was said.</summary>
internal static class OperationFacts
{
    public static EventData MessageSent(ModelOperation model) => new(new CallFacts(model), static call =>
    {
        var facts = new FactList(7);
        facts.Add(call);
        if (call.Kind == OperationKind.Embeddings)
        {
            facts.Add(EventDataKeys.Inputs, call.Inputs);
            return facts;
        }

        facts.Add(EventDataKeys.Streaming, call.IsStreaming);
        if (call.Messages is not null)
        {
            facts.Add(EventDataKeys.Messages, call.Messages);
            facts.Add(EventDataKeys.NewUserMessages, call.NewUserMessages);
        }

        return facts;
    });

    public static EventData ResponseReceived(CallFacts ended) => new(ended, static call =>
    {
        var facts = new FactList(16);
        facts.Add(call);
        facts.AddEnd(call.Outcome, call.Duration);
        facts.Add(call.Usage);
        if (call.Kind == OperationKind.Chat)
        {
            AddResponse(ref facts, call);
        }
        else
        {
            facts.Add(EventDataKeys.Embeddings, call.Embeddings);
        }

        return facts;
    });

    public static EventData CallFailed(CallFacts ended) => new(ended, static call =>
    {
        var facts = new FactList(18);
        facts.Add(call);
        facts.AddEnd(call.Outcome, call.Duration);
        facts.Add(EventDataKeys.ErrorType, call.ErrorType);
        facts.Add(EventDataKeys.ExceptionType, call.ExceptionType);
        facts.Add(call.Usage);
        if (call.Kind == OperationKind.Chat)
        {
            AddResponse(ref facts, call);
        }

        return facts;
    });

    public static EventData ToolCalled(ToolOperation tool)
    {
        var facts = new FactList(8);
        facts.Add(EventDataKeys.Tool, tool.Name);
        facts.Add(EventDataKeys.ToolType, tool.Type);
        facts.Add(EventDataKeys.CallId, tool.CallId);
        facts.Add(EventDataKeys.Agent, tool.AgentName);
        facts.AddEnd(tool.Outcome, tool.Duration);
        facts.Add(EventDataKeys.ErrorType, tool.Error?.Type);
        facts.Add(EventDataKeys.ExceptionType, tool.Error?.ExceptionType);
        return facts.ToData();
    }

    public static EventData CostRecorded(CallFacts ended) => new(ended, static call =>
    {
        var cost = call.Cost!;
        var facts = new FactList(10);
        facts.Add(call);
        facts.AddAmount(cost.Total, cost.Completeness);
        facts.Add(EventDataKeys.Rule, cost.Rule);
        facts.Add(EventDataKeys.PriceSource, NameOf(cost.Source));
        facts.Add(EventDataKeys.CostRecordId, cost.RecordId);
        return facts;
    });

    public static EventData SlowCall(CallFacts ended, TimeSpan threshold)
    {
        var facts = new FactList(7);
        facts.Add(ended);
        facts.AddEnd(ended.Outcome, ended.Duration);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    public static EventData ExpensiveCall(CallFacts ended, decimal threshold)
    {
        var facts = new FactList(8);
        facts.Add(ended);
        facts.AddAmount(ended.Cost!.Total, ended.Cost.Completeness);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    public static EventData ChunkReceived(ChatOperation chat, int index, TimeSpan elapsed)
    {
        var facts = new FactList(7);
        facts.Add(chat.Kind, chat.Endpoint.Provider, chat.RequestModel, chat.ResponseModel);
        facts.Add(EventDataKeys.Index, index);
        facts.Add(EventDataKeys.Elapsed, elapsed);
        facts.Add(EventDataKeys.ChunkType, chat.ChunkType);
        return facts.ToData();
    }

    public static EventData PolicyViolated(PolicyViolation violation)
    {
        var facts = new FactList(violation.Details.Count + 2);
        facts.Add(EventDataKeys.Policy, violation.Policy);
        facts.Add(EventDataKeys.Reason, violation.Reason);
        foreach (var (key, value) in violation.Details)
        {
            if (key is not (EventDataKeys.Policy or EventDataKeys.Reason))
            {
                facts.Add(key, value);
            }
        }

        // The details may come from a policy of the application's own.
        return EventDataCopy.Of(facts.ToData().ToArray());
    }

    private static void AddResponse(ref FactList facts, CallFacts call)
    {
        facts.Add(EventDataKeys.Streaming, call.IsStreaming);
        facts.Add(EventDataKeys.FinishReason, call.FinishReason);
        facts.Add(EventDataKeys.ResponseId, call.ResponseId);
        if (call.IsStreaming)
        {
            facts.Add(EventDataKeys.TimeToFirstChunk, call.TimeToFirstChunk);
            facts.Add(EventDataKeys.Chunks, call.Chunks);
        }
    }

    private static string NameOf(PriceSource source) => source switch
    {
        PriceSource.Call => "call",
        PriceSource.Options => "options",
        PriceSource.File => "file",
        PriceSource.Custom => "custom",
        PriceSource.Table => "table",
        PriceSource.Reported => "reported",
        _ => "none",
    };
}
