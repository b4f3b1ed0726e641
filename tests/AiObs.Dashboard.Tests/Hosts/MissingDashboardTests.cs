using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>What an application is told at its start when something was forgotten.</summary>
public sealed class MissingDashboardTests
{
    [Fact]
    public void Map_WithoutAiObs_SaysTheLineToAdd() => Assert.Equal(
        "There is no dashboard to map at /aiobs. Add it where AiObs is added: services.AddAgentObservability().AddDashboard();",
        Refusal(static _ => { }, static app => app.MapAgentObservability()));

    [Fact]
    public void Map_WithoutDashboard_SaysTheLineToAdd() => Assert.Equal(
        "There is no dashboard to map at /ops. Add it where AiObs is added: services.AddAgentObservability().AddDashboard();",
        Refusal(static services => services.AddAgentObservability().AddTraces(), static app => app.MapAgentObservability("/ops")));

    [Fact]
    public void Map_OfARootThatIsNotThere_SaysTheLineToAdd() => Assert.Equal(
        "There is no dashboard to map at /aiobs. Add it where AiObs is added: services.AddAgentObservability(\"tenant-a\", (root, _) => root.AddDashboard());",
        Refusal(static services => services.AddAgentObservability().AddDashboard(), static app => app.MapAgentObservability(root: "tenant-a")));

    [Fact]
    public void Map_OfARootWithoutDashboard_SaysTheLineToAdd() => Assert.Equal(
        "There is no dashboard to map at /aiobs. Add it where AiObs is added: services.AddAgentObservability(\"tenant-a\", (root, _) => root.AddDashboard());",
        Refusal(
            static services =>
            {
                services.AddAgentObservability().AddDashboard();
                services.AddAgentObservability("tenant-a");
            },
            static app => app.MapAgentObservability(root: "tenant-a")));

    [Fact]
    public void Map_WithOptionsThatMeanNothing_SaysAllOfThem()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAgentObservability().AddDashboard(static options =>
            (options.Title, options.Access, options.ShowContent, options.ContentPolicy) = (" ", (DashboardAccess)7, (ContentVisibility)8, ""));
        var app = builder.Build();
        using var disposed = (IDisposable)app;

        Assert.Equal(
            [
                "DashboardOptions.Title is empty: give the name that stands at the top of each page, such as \"Weather\".",
                "DashboardOptions.Access is 7, which there is not: use DashboardAccess.ThisMachine or Anyone.",
                "DashboardOptions.ShowContent is 8, which there is not: use ContentVisibility.Never, WhenLocal or WhenAuthorized.",
                "DashboardOptions.ContentPolicy is empty: name a policy of AddAuthorization, or leave it null.",
            ],
            Assert.Throws<OptionsValidationException>(() => app.MapAgentObservability()).Failures);
    }

    private static string Refusal(Action<IServiceCollection> services, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        services(builder.Services);
        var app = builder.Build();
        using var disposed = (IDisposable)app;

        return Assert.Throws<InvalidOperationException>(() => map(app)).Message;
    }
}
