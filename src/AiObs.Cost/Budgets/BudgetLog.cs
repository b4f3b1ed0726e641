using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Budgets;

/// <summary>The log records of budgets.</summary>
internal static partial class BudgetLog
{
    [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "{Violation} The call passes, because the budget only warns. Further calls in this window are only counted.")]
    public static partial void BudgetWarning(this ILogger logger, string violation);
}
