namespace AiObs.Events;

/// <summary>The keys of <see cref="AgentEvent.Data"/> in the built-in events. What is unknown is left out.</summary>
public static class EventDataKeys
{
    /// <summary>What kind of work it was: <c>chat</c>, <c>embeddings</c>, <c>execute_tool</c> or <c>invoke_agent</c>.</summary>
    public const string Operation = "operation";

    /// <summary>Who served the model.</summary>
    public const string Provider = "provider";

    /// <summary>The model that answered, else the one that was asked for.</summary>
    public const string Model = "model";

    /// <summary>The model that was asked for, where another one answered.</summary>
    public const string RequestModel = "request_model";

    /// <summary>Whether the caller asked for a stream.</summary>
    public const string Streaming = "streaming";

    /// <summary>How many messages the request had: the length of the history.</summary>
    public const string Messages = "messages";

    /// <summary>How many user messages came after the last message of the assistant.</summary>
    public const string NewUserMessages = "new_user_messages";

    /// <summary>The provider's id of the response.</summary>
    public const string ResponseId = "response_id";

    /// <summary>Why the model stopped.</summary>
    public const string FinishReason = "finish_reason";

    /// <summary>How it ended: <c>completed</c>, <c>failed</c>, <c>cancelled</c>, <c>abandoned</c> or <c>refused</c>.</summary>
    public const string Outcome = "outcome";

    /// <summary>How long it took, in milliseconds.</summary>
    public const string Duration = "duration_ms";

    /// <summary>The time to the first update of a stream, in milliseconds.</summary>
    public const string TimeToFirstChunk = "time_to_first_chunk_ms";

    /// <summary>How many updates a stream delivered.</summary>
    public const string Chunks = "chunks";

    /// <summary>All input tokens.</summary>
    public const string InputTokens = "input_tokens";

    /// <summary>All output tokens.</summary>
    public const string OutputTokens = "output_tokens";

    /// <summary>The input tokens that were read from a cache.</summary>
    public const string CacheReadTokens = "cache_read_tokens";

    /// <summary>The input tokens that were written to a cache.</summary>
    public const string CacheWriteTokens = "cache_write_tokens";

    /// <summary>The output tokens that were spent on reasoning.</summary>
    public const string ReasoningTokens = "reasoning_tokens";

    /// <summary>How many embeddings came back.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>What kind of error it was: an HTTP status, a provider's code, or the exception's type.</summary>
    public const string ErrorType = "error_type";

    /// <summary>The full type name of the exception.</summary>
    public const string ExceptionType = "exception_type";

    /// <summary>The tool.</summary>
    public const string Tool = "tool";

    /// <summary>What kind of tool it is.</summary>
    public const string ToolType = "tool_type";

    /// <summary>The id of the call that the model made.</summary>
    public const string CallId = "call_id";

    /// <summary>The agent that it happened in.</summary>
    public const string Agent = "agent";

    /// <summary>The agent's stable id.</summary>
    public const string AgentId = "agent_id";

    /// <summary>How many model calls there were inside, those of tools and nested agents too.</summary>
    public const string ModelCalls = "model_calls";

    /// <summary>How many tool calls there were inside, those of nested agents too.</summary>
    public const string ToolCalls = "tool_calls";

    /// <summary>Who handed the work on.</summary>
    public const string From = "from";

    /// <summary>Who took it over.</summary>
    public const string To = "to";

    /// <summary>How many inputs an embedding request had.</summary>
    public const string Inputs = "inputs";

    /// <summary>What an update of a stream brought: <c>text</c>, <c>reasoning</c>, <c>tool_call</c>, <c>tool_result</c>, <c>data</c>, <c>usage</c>, <c>error</c>, <c>other</c>, or <c>empty</c>.</summary>
    public const string ChunkType = "chunk_type";

    /// <summary>What was judged, such as <c>helpful</c>.</summary>
    public const string Name = "name";

    /// <summary>The number that a judgement or a guardrail gave.</summary>
    public const string Score = "score";

    /// <summary>The word that a judgement gave.</summary>
    public const string Label = "label";

    /// <summary>The position of an update in its stream, counted from 0.</summary>
    public const string Index = "index";

    /// <summary>The time since the start of the call, in milliseconds.</summary>
    public const string Elapsed = "elapsed_ms";

    /// <summary>The limit that was exceeded.</summary>
    public const string Threshold = "threshold";

    /// <summary>What the call cost.</summary>
    public const string Amount = "amount";

    /// <summary>The currency of the amount.</summary>
    public const string Currency = "currency";

    /// <summary>How far the amount can be trusted: <c>exact</c>, <c>estimated</c>, <c>partial</c> or <c>unpriced</c>.</summary>
    public const string Completeness = "completeness";

    /// <summary>The price rule that was matched.</summary>
    public const string Rule = "rule";

    /// <summary>Where the price came from.</summary>
    public const string PriceSource = "price_source";

    /// <summary>The id of the cost record.</summary>
    public const string CostRecordId = "cost_record_id";

    /// <summary>The kind of policy that was violated.</summary>
    public const string Policy = "policy";

    /// <summary>Where a guardrail looked: <c>input</c>, <c>tool_call</c>, <c>tool_result</c> or <c>output</c>.</summary>
    public const string Stage = "stage";

    /// <summary>How many things a guardrail found; 0 where it failed.</summary>
    public const string Hits = "hits";

    /// <summary>What was violated, in words.</summary>
    public const string Reason = "reason";

    /// <summary>The tags of the context, where <see cref="AgentObservabilityOptions.RecordTags"/> is on.</summary>
    public const string Tags = "tags";

    /// <summary>A dictionary of the metadata that <see cref="AgentObservabilityOptions.RecordedMetadataKeys"/> names.</summary>
    public const string Metadata = "metadata";

    /// <summary>How many events had their content erased, or were dropped.</summary>
    public const string Count = "count";

    /// <summary>By which filters events were chosen; a dictionary of those that were set.</summary>
    public const string Filter = "filter";

    /// <summary>The id of the log that an erasure or a retention was done to.</summary>
    public const string Log = "log";

    /// <summary>Up to which event of each writer an erasure goes: a dictionary of sequence numbers.</summary>
    public const string UpTo = "up_to";

    /// <summary>How many events retention has dropped in all.</summary>
    public const string Dropped = "dropped";

    /// <summary>The SHA-256 over writer, count and hash of the newest checkpoint of each writer.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>How old events may get in the log.</summary>
    public const string MaxAge = "max_age";

    /// <summary>How many events may stay in the log.</summary>
    public const string MaxEvents = "max_events";

    /// <summary>Who looked: the name of who is signed in, else <c>local</c> for who sits at the machine, else <c>unknown</c>.</summary>
    public const string Viewer = "viewer";

    /// <summary>The page that was looked at, as its route: <c>/traces/{id}</c>.</summary>
    public const string Page = "page";

    /// <summary>The id in the address of the page: that of a trace or a conversation.</summary>
    public const string Subject = "subject";

    /// <summary>The span that was looked at.</summary>
    public const string Span = "span";

    /// <summary>Whether content was shown.</summary>
    public const string ShowsContent = "shows_content";

    /// <summary>The message, by its id in its conversation.</summary>
    public const string MessageId = "message_id";

    /// <summary>The turn, by its id in its conversation.</summary>
    public const string TurnId = "turn_id";

    /// <summary>Who said a message: <c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public const string Role = "role";

    /// <summary>The branch of a conversation.</summary>
    public const string Branch = "branch";

    /// <summary>The salted SHA-256 of a stored message, in lower-case hexadecimal digits.</summary>
    public const string Commitment = "commitment";

    /// <summary>How a conversation was deleted: <c>hide</c> or <c>erase</c>; what follows from what a guardrail found: <c>block</c>, <c>redact</c>, <c>warn</c> or <c>shadow</c>.</summary>
    public const string Mode = "mode";

    /// <summary>The strategies of memory that changed something, in their order.</summary>
    public const string Strategies = "strategies";

    /// <summary>How many tokens the history takes.</summary>
    public const string TokensBefore = "tokens_before";

    /// <summary>How many tokens the model is shown.</summary>
    public const string TokensAfter = "tokens_after";

    /// <summary>The SHA-256 over the ids of what the model is shown, in order, in lower-case hexadecimal digits.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>What memory did with which messages: a dictionary of actions, each with ranges of sequences such as <c>1-4, 7</c>.</summary>
    public const string SequenceRanges = "sequence_ranges";

    /// <summary>What a fact about a user is about. Its value is in no event.</summary>
    public const string Key = "key";

    /// <summary>The fact, by its id.</summary>
    public const string FactId = "fact_id";

    /// <summary>The fact whose place another one takes, by its id.</summary>
    public const string Supersedes = "supersedes";

    /// <summary>What was found and not saved: a dictionary of reasons, each with how many it were.</summary>
    public const string Skipped = "skipped";

    /// <summary>The number of the version.</summary>
    public const string Version = "version";
}
