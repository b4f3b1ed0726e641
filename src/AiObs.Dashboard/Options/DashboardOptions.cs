namespace AiObs.Dashboard;

/// <summary>How the dashboard looks and who sees what.</summary>
public sealed class DashboardOptions
{
    /// <summary>Gets or sets the name at the top of each page.</summary>
    /// <value>The default is <c>AiObs</c>.</value>
    public string Title { get; set; } = "AiObs";

    /// <summary>Gets or sets who may look, where the endpoints carry no authorization of their own.</summary>
    /// <value>The default is <see cref="DashboardAccess.ThisMachine"/>. <c>MapAgentObservability(…).RequireAuthorization(…)</c> decides alone where it is called.</value>
    public DashboardAccess Access { get; set; }

    /// <summary>Gets or sets when texts are shown: messages, arguments, results and other content.</summary>
    /// <value>The default is <see cref="ContentVisibility.WhenLocal"/>. Without content, pages show roles, kinds and lengths.</value>
    public ContentVisibility ShowContent { get; set; } = ContentVisibility.WhenLocal;

    /// <summary>Gets or sets the authorization policy that whoever is to see content must meet, besides <see cref="ShowContent"/>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? ContentPolicy { get; set; }

    /// <summary>Gets or sets a value indicating whether an event <c>dashboard_viewed</c> tells who looked at which trace or conversation, and whether content was shown.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecordViews { get; set; }
}
