namespace AiObs.Store.Telemetry;

/// <summary>What stores do, in telemetry.</summary>
internal static class StoreOperationNames
{
    public const string EventAppend = "event.append";

    public const string EventQuery = "event.query";

    public const string EventCount = "event.count";

    public const string EventVerify = "event.verify";

    public const string EventErase = "event.erase";

    public const string EventRetain = "event.retain";

    public const string EventWipe = "event.wipe";

    public const string CostRecord = "cost.record";

    public const string CostQuery = "cost.query";

    public const string CostCount = "cost.count";

    public const string CostSum = "cost.sum";

    public const string CostErase = "cost.erase";

    public const string CostRetain = "cost.retain";

    public const string CostWipe = "cost.wipe";

    public const string TraceAppend = "trace.append";

    public const string TraceRead = "trace.query";

    public const string TraceCount = "trace.count";

    public const string TraceSummarize = "trace.summarize";

    public const string TraceErase = "trace.erase";

    public const string TraceRetain = "trace.retain";

    public const string ConversationSave = "conversation.save";

    public const string ConversationLoad = "conversation.load";

    public const string ConversationList = "conversation.list";

    public const string ConversationCount = "conversation.count";

    public const string ConversationRemove = "conversation.delete";

    public const string ConversationErase = "conversation.erase";

    public const string ConversationRestore = "conversation.restore";

    public const string ConversationFork = "conversation.fork";

    public const string MessageAdd = "message.add";

    public const string MessageGet = "message.get";

    public const string TurnLoad = "turn.load";

    public const string TurnList = "turn.list";

    public const string FactSave = "fact.save";

    public const string FactGet = "fact.get";

    public const string FactPositionLoad = "fact.position";

    public const string FactErase = "fact.erase";

    public const string ProfileGet = "profile.get";

    public const string SummaryLoad = "summary.load";

    public const string SummarySave = "summary.save";
}
