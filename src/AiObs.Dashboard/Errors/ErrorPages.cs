using AiObs.Dashboard.Endpoints;

namespace AiObs.Dashboard.Errors;

/// <summary>The page of errors.</summary>
internal static class ErrorPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/errors", ErrorPage.ReadAsync);
}
