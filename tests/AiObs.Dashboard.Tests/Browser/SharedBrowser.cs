using SupportDesk.Tests.Browser;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Tests that share one browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<ChromiumBrowser>
{
    public const string Name = "Browser";
}
