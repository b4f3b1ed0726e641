using AiObs.Conversations.Tests.Faults;
using Xunit.Runner.InProc.SystemConsole;

return TurnProcess.IsMeant(args) ? await TurnProcess.RunAsync(args) : await ConsoleRunner.Run(args);
