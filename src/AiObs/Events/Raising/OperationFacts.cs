using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>What the built-in events say of operations: names, counts and amounts, never what was said.</summary>
internal static class OperationFacts
{
    public static EventData MessageSent(ChatOperation chat)
    {
        var facts = new FactList(7);
        facts.Add(chat);
        facts.Add(EventDataKeys.Streaming, chat.IsStreaming);
        if (chat.MessageCount > 0 || !chat.IsAdopted)
        {
            facts.Add(EventDataKeys.Messages, chat.MessageCount);
            facts.Add(EventDataKeys.NewUserMessages, chat.NewUserMessageCount);
        }

        return facts.ToData();
    }

    public static EventData ResponseReceived(ModelOperation model)
    {
        var facts = new FactList(16);
        facts.Add(model);
        facts.AddEnd(model);
        facts.Add(model.Usage);
        switch (model)
        {
            case ChatOperation chat:
                AddResponse(ref facts, chat);
                break;
            case EmbeddingOperation embedding:
                facts.Add(EventDataKeys.Embeddings, embedding.Count);
                break;
        }

        return facts.ToData();
    }

    public static EventData CallFailed(ModelOperation model)
    {
        var facts = new FactList(18);
        facts.Add(model);
        facts.AddEnd(model);
        facts.Add(EventDataKeys.ErrorType, model.Error?.Type);
        facts.Add(EventDataKeys.ExceptionType, model.Error?.ExceptionType);
        facts.Add(model.Usage);
        if (model is ChatOperation chat)
        {
            AddResponse(ref facts, chat);
        }

        return facts.ToData();
    }

    public static EventData ToolCalled(ToolOperation tool)
    {
        var facts = new FactList(8);
        facts.Add(EventDataKeys.Tool, tool.Name);
        facts.Add(EventDataKeys.ToolType, tool.Type);
        facts.Add(EventDataKeys.CallId, tool.CallId);
        facts.Add(EventDataKeys.Agent, tool.AgentName);
        facts.AddEnd(tool);
        facts.Add(EventDataKeys.ErrorType, tool.Error?.Type);
        facts.Add(EventDataKeys.ExceptionType, tool.Error?.ExceptionType);
        return facts.ToData();
    }

    public static EventData CostRecorded(ModelOperation model, CostRecord cost)
    {
        var facts = new FactList(10);
        facts.Add(model);
        AddAmount(ref facts, cost);
        facts.Add(EventDataKeys.Rule, cost.Receipt.Rule);
        facts.Add(EventDataKeys.PriceSource, NameOf(cost.Receipt.Source));
        facts.Add(EventDataKeys.CostRecordId, cost.Id);
        return facts.ToData();
    }

    public static EventData SlowCall(ModelOperation model, TimeSpan threshold)
    {
        var facts = new FactList(7);
        facts.Add(model);
        facts.AddEnd(model);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    public static EventData ExpensiveCall(ModelOperation model, CostRecord cost, decimal threshold)
    {
        var facts = new FactList(8);
        facts.Add(model);
        AddAmount(ref facts, cost);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    public static EventData ChunkReceived(ChatOperation chat, int index, TimeSpan elapsed)
    {
        var facts = new FactList(6);
        facts.Add(chat);
        facts.Add(EventDataKeys.Index, index);
        facts.Add(EventDataKeys.Elapsed, elapsed);
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

    private static void AddResponse(ref FactList facts, ChatOperation chat)
    {
        facts.Add(EventDataKeys.Streaming, chat.IsStreaming);
        facts.Add(EventDataKeys.FinishReason, chat.FinishReason);
        facts.Add(EventDataKeys.ResponseId, chat.ResponseId);
        if (chat.IsStreaming)
        {
            facts.Add(EventDataKeys.TimeToFirstChunk, chat.TimeToFirstChunk);
            facts.Add(EventDataKeys.Chunks, chat.IsAdopted ? null : chat.ChunkCount);
        }
    }

    private static void AddAmount(ref FactList facts, CostRecord cost)
    {
        if (cost.Total is { } total)
        {
            facts.Add(EventDataKeys.Amount, total);
            facts.Add(EventDataKeys.Currency, cost.Currency);
        }

        facts.Add(EventDataKeys.Completeness, NameOf(cost.Receipt.Completeness));
    }

    private static string NameOf(CostCompleteness completeness) => completeness switch
    {
        CostCompleteness.Exact => "exact",
        CostCompleteness.Estimated => "estimated",
        CostCompleteness.Partial => "partial",
        _ => "unpriced",
    };

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
