using Microsoft.Extensions.Logging;

namespace AiObs.Events;

/// <summary>How <see cref="LoggerEventSink"/> writes.</summary>
public sealed class LoggerEventSinkOptions
{
    /// <summary>Gets or sets the level of events.</summary>
    /// <value>The default is <see cref="LogLevel.Information"/>.</value>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>
    /// Gets or sets the level of what somebody should look at: <see cref="AgentEventTypes.CallFailed"/>, <see cref="AgentEventTypes.CallRefused"/>, <see cref="AgentEventTypes.PolicyViolation"/>,
    /// <see cref="AgentEventTypes.BudgetThreshold"/>, <see cref="AgentEventTypes.SlowCall"/> and <see cref="AgentEventTypes.ExpensiveCall"/>.
    /// </summary>
    /// <value>The default is <see cref="LogLevel.Warning"/>.</value>
    public LogLevel FailureLevel { get; set; } = LogLevel.Warning;

    /// <summary>Gets or sets a value indicating whether content is written, where events have any.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Logs are read by more people than audit logs are, and kept where nobody thinks of prompts.</remarks>
    public bool IncludeContent { get; set; }
}
