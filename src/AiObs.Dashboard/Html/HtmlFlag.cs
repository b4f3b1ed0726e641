namespace AiObs.Dashboard.Html;

/// <summary>An attribute that is there or is not, such as <c>hidden</c>. It must be a constant of the program.</summary>
/// <param name="Name">The attribute as it is written.</param>
/// <param name="IsSet">Whether it is there.</param>
internal readonly record struct HtmlFlag(string Name, bool IsSet);
