using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AiObs.TestSupport;

/// <summary>One log record.</summary>
/// <param name="Category">The category of the logger.</param>
/// <param name="Level">The level.</param>
/// <param name="EventId">The event's number and name.</param>
/// <param name="Message">The formatted message.</param>
/// <param name="State">The structured values, without the message template.</param>
/// <param name="Exception">The exception, if one was logged.</param>
/// <param name="Activity">The activity that was current, which is the one that the record correlates with.</param>
public sealed record CollectedLog(
    string Category,
    LogLevel Level,
    EventId EventId,
    string Message,
    IReadOnlyDictionary<string, object?> State,
    Exception? Exception,
    Activity? Activity);
