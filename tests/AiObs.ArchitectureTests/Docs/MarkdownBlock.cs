namespace AiObs.ArchitectureTests.Docs;

/// <summary>A fenced block of code on a page.</summary>
/// <param name="Language">The word behind the opening fence.</param>
/// <param name="Line">The number of the opening fence's line, from one.</param>
/// <param name="LineAbove">The line directly above the opening fence.</param>
/// <param name="Body">The lines between the fences.</param>
internal sealed record MarkdownBlock(string Language, int Line, string LineAbove, IReadOnlyList<string> Body);
