namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Is an application in which names are long and cannot be broken.</summary>
public sealed class LongTextsHost : SeededHost
{
    private protected override Task FillAsync(DashboardHost host) => LongTexts.FillAsync(host);
}
