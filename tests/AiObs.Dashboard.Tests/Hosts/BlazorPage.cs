using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>The one page of an application of Razor components.</summary>
[Route("/")]
public sealed class BlazorPage : ComponentBase
{
    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p>The application itself.</p>");
}
