namespace AiObs.Operations;

/// <summary>The exception on the result of a tool call that was answered in the place of its tool: nothing ran.</summary>
internal interface IToolNotRun;
