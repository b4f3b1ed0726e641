namespace SupportDesk.Assistant;

/// <summary>Is an article of the knowledge base.</summary>
/// <param name="Id">A short name.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Text">What it says.</param>
internal sealed record Article(string Id, string Title, string Text);
