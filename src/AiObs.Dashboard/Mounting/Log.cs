using Microsoft.Extensions.Logging;

namespace AiObs.Dashboard.Mounting;

/// <summary>What the dashboard logs.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Warning, Message = "A part of the dashboard's page {Page} could not be read.")]
    public static partial void PanelFailed(this ILogger logger, Exception exception, string page);

    [LoggerMessage(
        EventId = 101,
        Level = LogLevel.Warning,
        Message = "Anyone who reaches this application may look at the dashboard, as DashboardOptions.Access is Anyone. MapAgentObservability(…).RequireAuthorization(…) lets in who is allowed alone.")]
    public static partial void AnyoneMayLook(this ILogger logger);
}
